"""A solution of the exercise about gradients, with PyTorch."""

import torch


def valley(place: torch.Tensor) -> torch.Tensor:
    x, y = place
    return (x - 1) ** 2 + 10 * (y + 2) ** 2 + x * y


def gradient(x: float, y: float) -> tuple[float, float]:
    place = torch.tensor([x, y], requires_grad=True)
    valley(place).backward()
    return tuple(place.grad.tolist())


def walk(x: float, y: float, rate: float, steps: int) -> list[float]:
    place = torch.tensor([x, y], requires_grad=True)
    heights = []
    for _ in range(steps):
        place.grad = None
        height = valley(place)
        height.backward()
        with torch.no_grad():
            place -= rate * place.grad
        heights.append(height.item())
    return heights
