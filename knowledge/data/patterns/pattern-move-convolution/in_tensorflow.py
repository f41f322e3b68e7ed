"""The Keras side: Conv2D, Flatten, Dense, with channels last."""

import json

import keras
import numpy as np

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


def run(weights: list[np.ndarray]) -> list:
    model = keras.Sequential(
        [
            keras.Input((6, 5, 3)),
            keras.layers.Conv2D(5, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(2),
        ]
    )
    model.set_weights(weights)
    return model(images).numpy().tolist()


print(
    json.dumps(
        {
            "from_keras": run(keras_weights),
            "from_torch": run(to_keras(torch_state)),
            "round_trip": round_trip,
        }
    )
)
