"""Doubles."""

import torch

print([torch.double_it(number) for number in (1, 2)])
