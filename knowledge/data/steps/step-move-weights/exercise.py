"""Exercise: weights of Keras for a network of PyTorch.

Keras: Input((6, 4, 3)) → Conv2D(5, 3, padding="same", activation="relu") → Flatten() → Dense(2)
PyTorch: Conv2d(3, 5, 3, padding=1) → ReLU → Flatten → Linear(120, 2)
"""

import numpy as np
import torch


def state(weights: list[np.ndarray]) -> dict[str, torch.Tensor]:
    # weights = model.get_weights(): kernel (3, 3, 3, 5), bias (5), kernel (120, 2), bias (2).
    # Give back the state_dict of nn.Sequential: 0.weight, 0.bias, 3.weight, 3.bias.
    raise NotImplementedError("state")


def to_channels_first(images: np.ndarray) -> torch.Tensor:
    # batch × height × width × channels → batch × channels × height × width
    raise NotImplementedError("to_channels_first")
