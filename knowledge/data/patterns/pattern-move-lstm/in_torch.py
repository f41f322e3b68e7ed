"""The PyTorch side: nn.LSTM with weights of its own and with those of LSTM."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return numbers.standard_normal(shape).astype("float32")


inputs = draw(2, 5, 3)
keras_weights = [draw(3, 16), draw(4, 16), draw(16)]  # kernel, recurrent kernel, bias
torch_state = {
    "weight_ih_l0": draw(16, 3),
    "weight_hh_l0": draw(16, 4),
    "bias_ih_l0": draw(16),
    "bias_hh_l0": draw(16),
}


def to_torch(weights: list[np.ndarray]) -> dict[str, np.ndarray]:
    kernel, recurrent, bias = weights
    return {
        "weight_ih_l0": kernel.T,
        "weight_hh_l0": recurrent.T,
        "bias_ih_l0": bias,
        "bias_hh_l0": np.zeros_like(bias),
    }


def to_keras(state: dict[str, np.ndarray]) -> list[np.ndarray]:
    bias = state["bias_ih_l0"] + state["bias_hh_l0"]
    return [state["weight_ih_l0"].T, state["weight_hh_l0"].T, bias]


back = to_keras(to_torch(keras_weights))
round_trip = max(float(np.abs(a - b).max()) for a, b in zip(back, keras_weights))


@torch.no_grad()
def run(state: dict[str, np.ndarray]) -> list:
    layer = nn.LSTM(3, 4, batch_first=True)
    layer.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    outputs, (hidden, cell) = layer(torch.from_numpy(inputs))
    return [value.tolist() for value in (outputs, hidden[0], cell[0])]


print(
    json.dumps(
        {
            "from_keras": run(to_torch(keras_weights)),
            "from_torch": run(torch_state),
            "round_trip": round_trip,
        }
    )
)
