"""Resuming from a dictionary of states."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((20, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernels = [numbers.standard_normal(shape).astype("float32") * 0.5 for shape in ((3, 6), (6, 1))]


def fresh() -> tuple[nn.Module, torch.optim.Optimizer]:
    model = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1))
    with torch.no_grad():
        for layer, kernel in zip((model[0], model[2]), kernels):
            layer.weight.copy_(torch.from_numpy(kernel.T))
            layer.bias.zero_()
    return model, torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)


def train(model: nn.Module, optimizer: torch.optim.Optimizer, steps: int) -> list[float]:
    losses = []
    model.train()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(torch.from_numpy(inputs)), torch.from_numpy(targets))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


uninterrupted = train(*fresh(), 10)

model, optimizer = fresh()
before = train(model, optimizer, 5)
torch.save(
    {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": 5}, "checkpoint.pt"
)

saved = torch.load("checkpoint.pt", map_location="cpu", weights_only=True)
model, optimizer = fresh()
model.load_state_dict(saved["model"])
optimizer.load_state_dict(saved["optimizer"])
resumed = before + train(model, optimizer, 5)

model, optimizer = fresh()
model.load_state_dict(saved["model"])  # momentum starts at zero
without = before + train(model, optimizer, 5)

print(
    json.dumps(
        {
            "uninterrupted": uninterrupted,
            "resumed": resumed,
            "without_optimizer_state": without,
            "step": saved["step"],
        }
    )
)
