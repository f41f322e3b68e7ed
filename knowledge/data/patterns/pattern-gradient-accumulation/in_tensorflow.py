"""Accumulation by an option of the optimiser."""

import json

import keras
import numpy as np

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((64, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernels = [numbers.standard_normal(shape).astype("float32") * 0.5 for shape in ((3, 6), (6, 1))]


def train(batch: int, accumulate: int | None) -> list:
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(6, activation="tanh"), keras.layers.Dense(1)]
    )
    model.set_weights([kernels[0], np.zeros(6), kernels[1], np.zeros(1)])
    optimizer = keras.optimizers.SGD(0.2, momentum=0.9, gradient_accumulation_steps=accumulate)
    model.compile(optimizer, loss="mse")
    model.fit(inputs, targets, batch_size=batch, epochs=3, shuffle=False, verbose=0)
    return model.get_weights()[0].tolist()


print(json.dumps({"accumulated": train(8, 4), "one_large_batch": train(32, None)}))
