"""A solution of the exercise about fine-tuning."""

import torch
from torch import nn


def freeze(model: nn.Module) -> None:
    model.train()
    model.body.requires_grad_(False)
    model.body.eval()  # the running statistics of BatchNorm stay, too


def optimizer_for(model: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)


def release(model: nn.Module) -> torch.optim.Optimizer:
    model.body.requires_grad_(True)
    model.train()
    groups = [{"params": model.head.parameters()}, {"params": model.body.parameters(), "lr": 0.01}]
    return torch.optim.SGD(groups, lr=0.1)
