"""A solution of the exercise about large batches."""

import torch
from torch import nn


def step(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    inputs: torch.Tensor,
    targets: torch.Tensor,
    size: int,
    clip: float,
) -> float:
    optimizer.zero_grad()
    total = 0.0
    for x, y in zip(inputs.split(size), targets.split(size)):
        loss = nn.functional.mse_loss(model(x), y) * (len(x) / len(inputs))
        loss.backward()
        total += loss.item()
    nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
    return total


def forward_in_bfloat16(model: nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return model(inputs)
