"""The PyTorch side: nn.Linear with weights of its own and with those of Dense."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return numbers.standard_normal(shape).astype("float32")


inputs = draw(3, 4)
keras_weights = [draw(4, 5), draw(5)]  # kernel, bias
torch_state = {"weight": draw(5, 4), "bias": draw(5)}


def to_torch(weights: list[np.ndarray]) -> dict[str, np.ndarray]:
    return {"weight": weights[0].T, "bias": weights[1]}


def to_keras(state: dict[str, np.ndarray]) -> list[np.ndarray]:
    return [state["weight"].T, state["bias"]]


back = to_keras(to_torch(keras_weights))
round_trip = max(float(np.abs(a - b).max()) for a, b in zip(back, keras_weights))


@torch.no_grad()
def run(state: dict[str, np.ndarray]) -> list:
    layer = nn.Linear(4, 5)
    layer.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    return layer(torch.from_numpy(inputs)).tolist()


print(
    json.dumps(
        {
            "from_keras": run(to_torch(keras_weights)),
            "from_torch": run(torch_state),
            "round_trip": round_trip,
        }
    )
)
