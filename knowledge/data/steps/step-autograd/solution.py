"""A solution of the exercise about gradients."""

import torch


def slope(x: torch.Tensor) -> torch.Tensor:
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad((x**3).sum(), x)
    return gradient


def curvature(x: torch.Tensor) -> torch.Tensor:
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad((x**3).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(gradient.sum(), x)
    return second


def half_fixed(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    a = a.detach().requires_grad_()
    (gradient,) = torch.autograd.grad((a * (b * a).detach()).sum(), a)
    return gradient
