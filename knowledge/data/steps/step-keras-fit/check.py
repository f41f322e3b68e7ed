"""Self-check of the exercise about fit."""

import pathlib
import tempfile

import keras
import numpy as np


def check(solution):
    keras.utils.set_random_seed(0)
    numbers = np.random.default_rng(0)
    x = numbers.standard_normal((48, 4)).astype("float32")
    y = np.argmax(x[:, :3] + numbers.standard_normal((48, 3)), axis=1)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(3)]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "model.keras")
        history = solution.train(model, x, y, path)
        written = pathlib.Path(path).exists()
        loaded = keras.models.load_model(path) if written else None
    names = {"loss", "accuracy", "val_loss", "val_accuracy"}
    yield isinstance(history, dict) and names <= set(history), "the history has all four curves"
    curve = history["val_loss"]
    lowest = int(np.argmin(curve))
    yield len(curve) == min(50, lowest + 3), "training stops two epochs after the lowest loss"
    logits = np.asarray(model(x[36:]))
    shares = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    loss = -shares[np.arange(12), y[36:]].mean()
    if len(curve) < 50 and abs(loss - curve[-1]) < 1e-4:
        yield False, "the last weights are kept; restore_best_weights=True brings the lowest back"
    else:
        yield (
            abs(loss - curve[lowest]) < 1e-4,
            "the weights and loss are those of logits, lowest epoch",
        )
    yield written, "the model is written"
    if loaded is not None:
        yield (
            np.allclose(loaded(x), model(x), atol=1e-6),
            "the file holds the weights that came back",
        )
