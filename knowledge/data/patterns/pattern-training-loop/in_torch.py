"""A training loop by hand with autograd."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((32, 4)).astype("float32")
targets = np.sin(inputs.sum(axis=1, keepdims=True))
kernels = [numbers.standard_normal(shape).astype("float32") * 0.3 for shape in ((4, 8), (8, 1))]

model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
with torch.no_grad():
    for layer, kernel in zip((model[0], model[2]), kernels):
        layer.weight.copy_(torch.from_numpy(kernel.T))
        layer.bias.zero_()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
loss_function = nn.HuberLoss()

model.train()
losses = []
for start in (0, 8, 16, 24) * 3:
    batch = slice(start, start + 8)
    optimizer.zero_grad()
    predictions = model(torch.from_numpy(inputs[batch]))
    loss = loss_function(predictions, torch.from_numpy(targets[batch]))
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

print(json.dumps({"losses": losses, "first_weight": model[0].weight[0, 0].item()}))
