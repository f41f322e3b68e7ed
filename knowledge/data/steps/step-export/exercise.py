"""Exercise: hand over a model without its Python class."""

import torch
from torch import nn


def export(model: nn.Module, example: torch.Tensor, path: str) -> None:
    # Write the model as it answers in evaluation; any number of rows may come later.
    # The model is given back in the mode it had.
    raise NotImplementedError("export")


def load(path: str):
    # Give back something that can be called with a tensor.
    raise NotImplementedError("load")
