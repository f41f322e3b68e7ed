"""Resuming from a .keras file."""

import json

import keras
import numpy as np

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((20, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernels = [numbers.standard_normal(shape).astype("float32") * 0.5 for shape in ((3, 6), (6, 1))]


def fresh() -> keras.Model:
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(6, activation="tanh"), keras.layers.Dense(1)]
    )
    model.set_weights([kernels[0], np.zeros(6), kernels[1], np.zeros(1)])
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), loss="mse")
    return model


def train(model: keras.Model, steps: int) -> list[float]:
    return [float(model.train_on_batch(inputs, targets)) for _ in range(steps)]


uninterrupted = train(fresh(), 10)

model = fresh()
before = train(model, 5)
model.save("all.keras")
model.save_weights("only.weights.h5")

loaded = keras.models.load_model("all.keras")
step = int(loaded.optimizer.iterations)
resumed = before + train(loaded, 5)

forgetful = fresh()
forgetful.load_weights("only.weights.h5")
forgetful.compile(keras.optimizers.SGD(0.1, momentum=0.9), loss="mse")  # momentum starts at zero
without = before + train(forgetful, 5)

print(
    json.dumps(
        {
            "uninterrupted": uninterrupted,
            "resumed": resumed,
            "without_optimizer_state": without,
            "step": step,
        }
    )
)
