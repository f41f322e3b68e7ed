"""A focal loss and a recall of one's own, used in a loop."""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((40, 3)).astype("float32")
targets = (inputs.sum(1, keepdims=True) > 1).astype("float32")
kernel = numbers.standard_normal((3, 1)).astype("float32")


class Focal(nn.Module):
    def __init__(self, gamma: float = 2.0):
        super().__init__()
        self.gamma = gamma

    def forward(self, logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        sign = 1 - 2 * target
        certain = torch.sigmoid(-sign * logits)
        return ((1 - certain) ** self.gamma * F.softplus(sign * logits)).mean()


class LogitRecall:
    def __init__(self):
        self.reset()

    def reset(self) -> None:
        self.found, self.wanted = 0.0, 0.0

    @torch.no_grad()
    def update(self, logits: torch.Tensor, target: torch.Tensor) -> None:
        self.found += (target * (logits > 0)).sum().item()
        self.wanted += target.sum().item()

    def result(self) -> float:
        return self.found / max(self.wanted, 1.0)


model = nn.Linear(3, 1)
with torch.no_grad():
    model.weight.copy_(torch.from_numpy(kernel.T))
    model.bias.zero_()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
loss_function, recall = Focal(), LogitRecall()
x_all, y_all = torch.from_numpy(inputs), torch.from_numpy(targets)

losses, recalls = [], []
for _ in range(4):
    recall.reset()
    total = 0.0
    for x, y in zip(x_all.split(10), y_all.split(10)):
        optimizer.zero_grad()
        logits = model(x)
        loss = loss_function(logits, y)
        loss.backward()
        optimizer.step()
        recall.update(logits, y)
        total += loss.item() * len(x)
    losses.append(total / len(x_all))
    recalls.append(recall.result())

print(json.dumps({"losses": losses, "recalls": recalls}))
