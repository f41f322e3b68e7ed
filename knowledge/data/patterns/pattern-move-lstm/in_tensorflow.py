"""The Keras side: LSTM with weights of its own and with those of nn.LSTM."""

import json

import keras
import numpy as np

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


def run(weights: list[np.ndarray]) -> list:
    layer = keras.layers.LSTM(4, return_sequences=True, return_state=True)
    layer.build((None, None, 3))
    layer.set_weights(weights)
    outputs, hidden, cell = layer(inputs)
    return [value.numpy().tolist() for value in (outputs, hidden, cell)]


print(
    json.dumps(
        {
            "from_keras": run(keras_weights),
            "from_torch": run(to_keras(torch_state)),
            "round_trip": round_trip,
        }
    )
)
