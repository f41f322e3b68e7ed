"""One network written as Sequential, from functions over parameters, and as a Module."""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

numbers = np.random.default_rng(0)
inputs = torch.from_numpy(numbers.standard_normal((3, 4)).astype("float32"))
kernels = [numbers.standard_normal(shape).astype("float32") for shape in ((4, 6), (6, 2))]
biases = [numbers.standard_normal(size).astype("float32") for size in (6, 2)]


def fill(layer: nn.Linear, index: int) -> None:
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(kernels[index].T))
        layer.bias.copy_(torch.from_numpy(biases[index]))


sequential = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 2))
fill(sequential[0], 0)
fill(sequential[2], 1)


def functional(x: torch.Tensor) -> torch.Tensor:
    hidden = F.relu(F.linear(x, torch.from_numpy(kernels[0].T), torch.from_numpy(biases[0])))
    return F.linear(hidden, torch.from_numpy(kernels[1].T), torch.from_numpy(biases[1]))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 6)
        self.out = nn.Linear(6, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.out(torch.relu(self.hidden(x)))


subclass = Network()
fill(subclass.hidden, 0)
fill(subclass.out, 1)

result = {
    name: model(inputs).tolist()
    for name, model in (
        ("sequential", sequential),
        ("functional", functional),
        ("subclass", subclass),
    )
}
parameters = sum(parameter.numel() for parameter in subclass.parameters())
print(json.dumps({**result, "parameters": parameters}))
