"""Exercise: fine-tune a model that has a body with BatchNorm and a head."""

import torch
from torch import nn


def freeze(model: nn.Module) -> None:
    # What model.body.trainable = False does in Keras: no weight and no statistic of model.body
    # may change while the rest is trained, model.head stays in training mode.
    raise NotImplementedError("freeze")


def optimizer_for(model: nn.Module) -> torch.optim.Optimizer:
    # SGD over what is trainable now, rate 0.1.
    raise NotImplementedError("optimizer_for")


def release(model: nn.Module) -> torch.optim.Optimizer:
    # Train all of it: SGD with rate 0.1 for the head and 0.01 for the body.
    raise NotImplementedError("release")
