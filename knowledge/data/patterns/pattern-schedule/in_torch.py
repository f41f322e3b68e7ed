"""LambdaLR with warm-up and cosine, stepped once per batch."""

import json
import math

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((32, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernel = numbers.standard_normal((3, 1)).astype("float32")
model = nn.Linear(3, 1)
with torch.no_grad():
    model.weight.copy_(torch.from_numpy(kernel.T))
    model.bias.zero_()
x, y = torch.from_numpy(inputs), torch.from_numpy(targets)


def factor(step: int) -> float:
    if step < 4:
        return step / 4
    share = min((step - 4) / 12, 1.0)
    return 0.1 + 0.9 * (1 + math.cos(math.pi * share)) / 2


optimizer = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.9)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)

rates, losses = [], []
for _ in range(16):
    rates.append(scheduler.get_last_lr()[0])
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    scheduler.step()  # after the optimiser
    losses.append(loss.item())

print(json.dumps({"rates": rates, "losses": losses}))
