"""A solution of the exercise about evaluation and early stopping."""

import copy
import math
from collections.abc import Callable

import torch
from torch import nn


def evaluate(model: nn.Module, inputs: torch.Tensor, targets: torch.Tensor) -> float:
    mode = model.training
    model.eval()
    with torch.no_grad():
        loss = nn.functional.mse_loss(model(inputs), targets).item()
    model.train(mode)
    return loss


def fit(
    model: nn.Module, epoch: Callable[[], None], score: Callable[[], float], patience: int
) -> int:
    lowest, waited, kept, count = math.inf, 0, copy.deepcopy(model.state_dict()), 0
    while count < 100 and waited < patience:
        epoch()
        count += 1
        found = score()
        if found < lowest:
            lowest, waited, kept = found, 0, copy.deepcopy(model.state_dict())
        else:
            waited += 1
    model.load_state_dict(kept)
    return count
