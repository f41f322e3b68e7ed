"""torch.autocast with bfloat16 on a CPU."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((32, 4)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernels = [numbers.standard_normal(shape).astype("float32") * 0.4 for shape in ((4, 16), (16, 1))]
hidden_layer, last_layer = nn.Linear(4, 16), nn.Linear(16, 1)
with torch.no_grad():
    for layer, kernel in zip((hidden_layer, last_layer), kernels):
        layer.weight.copy_(torch.from_numpy(kernel.T))
        layer.bias.zero_()
model = nn.ModuleList([hidden_layer, last_layer])
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.from_numpy(inputs), torch.from_numpy(targets)

losses = []
for _ in range(10):
    optimizer.zero_grad()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = torch.tanh(hidden_layer(x))
    predictions = last_layer(hidden.float())  # outside of autocast: float32
    loss = nn.functional.mse_loss(predictions, y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())


def name(tensor: torch.Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


print(
    json.dumps(
        {
            "weight_dtype": name(hidden_layer.weight),
            "hidden_dtype": name(hidden),
            "gradient_dtype": name(hidden_layer.weight.grad),
            "losses": losses,
        }
    )
)
