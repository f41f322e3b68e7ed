"""Self-check of the exercise about SavedModel."""

import pathlib
import tempfile

import keras
import numpy as np
import tensorflow as tf


def check(solution):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dropout(0.5), keras.layers.Dense(4)])
    numbers = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "exported")
        solution.export(model, 10.0, 2.0, path)
        yield (pathlib.Path(path) / "saved_model.pb").exists(), "a SavedModel is written"
        loaded = tf.saved_model.load(path)
        yield hasattr(loaded, "serve"), "it has the endpoint serve"
        for rows in (2, 7):
            x = (10 + 2 * numbers.standard_normal((rows, 3))).astype("float32")
            found = np.asarray(loaded.serve(tf.constant(x)))
            logits = np.asarray(model((x - 10) / 2, training=False))
            shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
            if np.allclose(found, logits, atol=1e-5):
                yield False, "serve gives logits, not probabilities"
                continue
            raw = np.asarray(model(x, training=False))
            raw = np.exp(raw - raw.max(1, keepdims=True))
            if np.allclose(found, raw / raw.sum(1, keepdims=True), atol=1e-4):
                yield False, "serve does not prepare its rows (mean and scale)"
                continue
            yield np.allclose(found, shares, atol=1e-5), f"serve answers rightly for {rows} rows"
