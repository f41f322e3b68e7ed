"""The PyTorch side: Conv2d, Flatten, Linear, with channels first."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
CHANNELS, HEIGHT, WIDTH = 5, 4, 3  # of what the convolution gives


def draw(*shape: int) -> np.ndarray:
    return numbers.standard_normal(shape).astype("float32")


images = draw(2, 6, 5, 3)  # batch, height, width, channels
keras_weights = [draw(3, 3, 3, 5), draw(5), draw(60, 2), draw(2)]
torch_state = {
    "0.weight": draw(5, 3, 3, 3),
    "0.bias": draw(5),
    "3.weight": draw(2, 60),
    "3.bias": draw(2),
}


def to_torch(weights: list[np.ndarray]) -> dict[str, np.ndarray]:
    kernel, bias, dense, dense_bias = weights
    rows = dense.reshape(HEIGHT, WIDTH, CHANNELS, -1).transpose(3, 2, 0, 1)
    return {
        "0.weight": kernel.transpose(3, 2, 0, 1),
        "0.bias": bias,
        "3.weight": rows.reshape(len(dense_bias), -1),
        "3.bias": dense_bias,
    }


def to_keras(state: dict[str, np.ndarray]) -> list[np.ndarray]:
    rows = state["3.weight"].reshape(-1, CHANNELS, HEIGHT, WIDTH).transpose(2, 3, 1, 0)
    return [
        state["0.weight"].transpose(2, 3, 1, 0),
        state["0.bias"],
        rows.reshape(-1, len(state["3.bias"])),
        state["3.bias"],
    ]


back = to_keras(to_torch(keras_weights))
round_trip = max(float(np.abs(a - b).max()) for a, b in zip(back, keras_weights))


@torch.no_grad()
def run(state: dict[str, np.ndarray]) -> list:
    model = nn.Sequential(nn.Conv2d(3, 5, 3), nn.ReLU(), nn.Flatten(), nn.Linear(60, 2))
    model.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    return model(torch.from_numpy(images).permute(0, 3, 1, 2)).tolist()


print(
    json.dumps(
        {
            "from_keras": run(to_torch(keras_weights)),
            "from_torch": run(torch_state),
            "round_trip": round_trip,
        }
    )
)
