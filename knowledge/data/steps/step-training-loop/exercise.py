"""Exercise: train a model by hand; return the loss of every step as a list of numbers."""

import torch
from torch import nn


def train(model: nn.Module, inputs: torch.Tensor, targets: torch.Tensor, steps: int) -> list[float]:
    # SGD with learning rate 0.1, mean squared error, all rows in every step.
    raise NotImplementedError("train")
