"""The same network as a Module, with the padding of SAME written out."""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

numbers = np.random.default_rng(0)
images = numbers.standard_normal((12, 10, 8, 3)).astype("float32")  # height 10, width 8
labels = numbers.integers(0, 4, 12)
kernels = [
    numbers.standard_normal((3, 3, 3, 6)).astype("float32") * 0.3,
    numbers.standard_normal((3, 3, 6, 5)).astype("float32") * 0.3,
    numbers.standard_normal((5, 4)).astype("float32"),
]


def pad_same(x: torch.Tensor, kernel: int, stride: int) -> torch.Tensor:
    pads = []
    for size in reversed(x.shape[2:]):  # F.pad begins with the last axis
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, stride=2)
        self.second = nn.Conv2d(6, 5, 3, padding="same")
        self.head = nn.Linear(5, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.first(pad_same(x, 3, 2)))
        x = F.relu(self.second(x))
        return self.head(x.mean(dim=(2, 3)))


model = Network()
with torch.no_grad():
    model.first.weight.copy_(torch.from_numpy(kernels[0].transpose(3, 2, 0, 1)))
    model.second.weight.copy_(torch.from_numpy(kernels[1].transpose(3, 2, 0, 1)))
    model.head.weight.copy_(torch.from_numpy(kernels[2].T))
    for layer in (model.first, model.second, model.head):
        layer.bias.zero_()
x = torch.from_numpy(images).permute(0, 3, 1, 2)
y = torch.from_numpy(labels)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

losses = []
for _ in range(6):
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
with torch.no_grad():
    logits = model(x)

print(json.dumps({"losses": losses, "logits": logits.tolist()}))
