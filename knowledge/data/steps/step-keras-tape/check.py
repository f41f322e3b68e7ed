"""Self-check of the exercise about the tape: compares with gradients in NumPy."""

import keras
import numpy as np


class Watch(keras.layers.Layer):
    seen = None

    def call(self, x, training=None):
        Watch.seen = training
        return x


def check(solution):
    numbers = np.random.default_rng(0)
    x = numbers.standard_normal((6, 3)).astype("float32") * 3
    y = np.array([0, 1, 3, 2, 1, 0])
    for clip in (1e9, 0.1):
        kernel = numbers.standard_normal((3, 4)).astype("float32")
        model = keras.Sequential([keras.Input((3,)), Watch(), keras.layers.Dense(4)])
        model.set_weights([kernel, np.zeros(4)])
        loss = solution.step(model, keras.optimizers.SGD(0.5), x, y, clip)
        logits = x @ kernel
        shares = np.exp(logits - logits.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        right = -np.log(shares[np.arange(6), y]).mean()
        yield isinstance(loss, float), "step gives back a Python number"
        yield abs(loss - right) < 1e-4, "the loss takes logits (from_logits=True) and the mean"
        yield Watch.seen is True, "the model is called with training=True"
        gap = (shares - np.eye(4)[y]) / 6
        gradients = [x.T @ gap, gap.sum(0)]
        together = np.sqrt(sum((part**2).sum() for part in gradients))
        found = [kernel - model.get_weights()[0], -model.get_weights()[1]]
        wanted = [0.5 * part * min(1, clip / together) for part in gradients]
        alone = [0.5 * part * min(1, clip / np.linalg.norm(part)) for part in gradients]
        if clip < 1 and all(np.allclose(a, b, atol=1e-5) for a, b in zip(found, alone)):
            yield False, "each gradient is clipped for itself; clip_by_global_norm takes all"
        else:
            close = all(np.allclose(a, b, atol=1e-5) for a, b in zip(found, wanted))
            yield close, f"the weights move as they should (clipped to {clip:g})"
