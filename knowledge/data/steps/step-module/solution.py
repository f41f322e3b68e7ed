"""A solution of the exercise about modules."""

import torch
from torch import nn


class Scale(nn.Module):
    def __init__(self, size: int):
        super().__init__()
        self.factor = nn.Parameter(torch.ones(size))
        self.register_buffer("calls", torch.tensor(0.0))
        self.inner = nn.ModuleList(nn.Linear(size, size) for _ in range(2))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training:
            self.calls += 1
        for layer in self.inner:
            x = layer(x)
        return self.factor * x
