"""Self-check of the exercise about layers of Keras."""

import pathlib
import tempfile

import keras
import numpy as np


def check(solution):
    layer = solution.Gate(power=2.0)
    x = np.array([[1.0, -2.0, 4.0], [0.5, 3.0, 1.0]], "float32")
    found = np.asarray(layer(x))
    yield np.allclose(found, x * 0.25), "sigmoid(0) to the power of 2 is a quarter"
    trained = [weight.name for weight in layer.trainable_weights]
    yield trained == ["weight"], f"weight is trained, calls is not (trained: {trained})"
    layer(x, training=True)
    layer(x, training=True)
    layer(x, training=False)
    calls = float(np.asarray(layer.calls))
    yield calls == 2, f"calls counts in training only (2; yours: {calls:g})"
    model = keras.Sequential([keras.Input((3,)), layer])
    layer.weight.assign(np.array([1.0, 0.0, -1.0], "float32"))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.keras"
        model.save(path)
        try:
            loaded = keras.models.load_model(path)
        except Exception as error:
            yield False, f"the model cannot be loaded again: {str(error)[:120]}"
            return
    if loaded.layers[-1].power != 2.0:
        yield False, "the power is lost on the way; get_config has to name it"
    yield np.allclose(loaded(x), model(x)), "the loaded model gives the same"
