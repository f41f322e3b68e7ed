"""A solution of the exercise about optimisers."""

import math

import torch
from torch import nn


def make(model: nn.Module) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    weights = [p for name, p in model.named_parameters() if not name.endswith("bias")]
    biases = [p for name, p in model.named_parameters() if name.endswith("bias")]
    groups = [{"params": weights, "weight_decay": 0.1}, {"params": biases, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=0.01, eps=1e-7)

    def factor(step: int) -> float:
        return (1 + math.cos(math.pi * min(step / 10, 1.0))) / 2

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
