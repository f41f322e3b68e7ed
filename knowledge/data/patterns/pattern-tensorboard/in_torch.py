"""Losses as events with SummaryWriter."""

import json
import os

import numpy as np
import torch
from torch import nn
from torch.utils.tensorboard import SummaryWriter

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((16, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernel = numbers.standard_normal((3, 1)).astype("float32")
model = nn.Linear(3, 1)
with torch.no_grad():
    model.weight.copy_(torch.from_numpy(kernel.T))
    model.bias.zero_()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.from_numpy(inputs), torch.from_numpy(targets)

losses = []
with SummaryWriter("logs") as writer:
    for step in range(5):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        writer.add_scalar("loss", loss.item(), step)
        writer.add_histogram("kernel", model.weight, step)
        losses.append(loss.item())

print(json.dumps({"losses": losses, "files": len(os.listdir("logs"))}))
