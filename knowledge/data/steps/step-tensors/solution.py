"""A solution of the exercise about tensors."""

import torch


def standardise(x: torch.Tensor) -> torch.Tensor:
    return (x - x.mean(dim=0)) / x.std(dim=0, correction=0)


def winners(scores: torch.Tensor) -> torch.Tensor:
    return torch.argmax(scores, dim=0)


def beside(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return torch.cat([a, b], dim=1)
