"""set_random_seed and enable_op_determinism."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((40, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
tf.config.experimental.enable_op_determinism()


def train(seed: int) -> list[float]:
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dropout(0.1),
            keras.layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.SGD(0.1), loss="mse")
    return model.fit(inputs, targets, batch_size=8, epochs=6, verbose=0).history["loss"]


first, second, other = train(1), train(1), train(2)
print(
    json.dumps(
        {
            "same_seed_equal": first == second,
            "other_seed_equal": first == other,
            "steps": len(first),
            "falls": first[-1] < first[0],
        }
    )
)
