"""A solution of the exercise about tensors, with PyTorch."""

import torch


def normalise(x):
    x = torch.from_numpy(x)
    return x / x.pow(2).sum(dim=1, keepdim=True).sqrt()


def distances(a, b):
    a, b = torch.from_numpy(a), torch.from_numpy(b)
    return (a[:, None, :] - b[None, :, :]).pow(2).sum(dim=-1).sqrt()


def nearest(a, b):
    return distances(a, b).argmin(dim=1)
