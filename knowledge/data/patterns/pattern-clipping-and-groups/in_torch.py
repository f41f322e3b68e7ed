"""clip_grad_norm_ and two groups of parameters."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((32, 3)).astype("float32")
targets = (5 * np.sin(inputs.sum(1, keepdims=True)) + 3).astype("float32")
kernels = [numbers.standard_normal(shape).astype("float32") for shape in ((3, 6), (6, 1))]
model = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1))
with torch.no_grad():
    for layer, kernel in zip((model[0], model[2]), kernels):
        layer.weight.copy_(torch.from_numpy(kernel.T))
        layer.bias.zero_()
decayed = [value for name, value in model.named_parameters() if not name.endswith("bias")]
plain = [value for name, value in model.named_parameters() if name.endswith("bias")]
optimizer = torch.optim.AdamW(
    [{"params": decayed, "weight_decay": 0.1}, {"params": plain, "weight_decay": 0.0}],
    lr=0.05,
    eps=1e-12,
)
x, y = torch.from_numpy(inputs), torch.from_numpy(targets)

norms, losses = [], []
for _ in range(12):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    norms.append(nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
    optimizer.step()
    losses.append(loss.item())

print(json.dumps({"norms": norms, "losses": losses, "bias": model[0].bias.tolist()}))
