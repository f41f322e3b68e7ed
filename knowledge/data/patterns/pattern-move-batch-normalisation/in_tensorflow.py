"""The Keras side: BatchNormalization used, trained for one step and used again."""

import json

import keras
import numpy as np

numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return numbers.standard_normal(shape).astype("float32")


inputs = draw(8, 4)
keras_weights = [draw(4), draw(4), draw(4), np.abs(draw(4)) * 0.1]  # gamma, beta, mean, variance
torch_state = {
    "weight": draw(4),
    "bias": draw(4),
    "running_mean": draw(4),
    "running_var": np.abs(draw(4)) * 0.1,
    "num_batches_tracked": np.array(0),
}
KERAS_EPSILON, TORCH_EPSILON = 1e-3, 1e-5


def to_torch(weights: list[np.ndarray]) -> dict[str, np.ndarray]:
    names = ("weight", "bias", "running_mean", "running_var")
    return {**dict(zip(names, weights)), "num_batches_tracked": np.array(0)}


def to_keras(state: dict[str, np.ndarray]) -> list[np.ndarray]:
    return [state[name] for name in ("weight", "bias", "running_mean", "running_var")]


back = to_keras(to_torch(keras_weights))
round_trip = max(float(np.abs(a - b).max()) for a, b in zip(back, keras_weights))


def run(weights: list[np.ndarray], epsilon: float) -> list:
    layer = keras.layers.BatchNormalization(epsilon=epsilon, momentum=0.9)
    layer.build((None, 4))
    layer.set_weights(weights)
    before = layer(inputs, training=False)
    trained = layer(inputs, training=True)
    variance = layer.moving_variance
    return [value.numpy().tolist() for value in (before, trained, layer.moving_mean, variance)]


print(
    json.dumps(
        {
            "from_keras": run(keras_weights, KERAS_EPSILON),
            "from_torch": run(to_keras(torch_state), TORCH_EPSILON),
            "round_trip": round_trip,
        }
    )
)
