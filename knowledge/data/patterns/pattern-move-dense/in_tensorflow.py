"""The Keras side: Dense with weights of its own and with those of nn.Linear."""

import json

import keras
import numpy as np

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


def run(weights: list[np.ndarray]) -> list:
    layer = keras.layers.Dense(5)
    layer.build((None, 4))
    layer.set_weights(weights)
    return layer(inputs).numpy().tolist()


print(
    json.dumps(
        {
            "from_keras": run(keras_weights),
            "from_torch": run(to_keras(torch_state)),
            "round_trip": round_trip,
        }
    )
)
