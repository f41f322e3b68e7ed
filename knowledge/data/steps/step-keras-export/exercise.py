"""Exercise: a SavedModel that takes raw numbers."""

import keras


def export(model: keras.Model, mean: float, scale: float, path: str) -> None:
    # Write a SavedModel with an endpoint serve(x): it takes any number of raw rows, subtracts mean,
    # divides by scale, asks the model (in evaluation) and gives the probabilities of its logits.
    raise NotImplementedError("export")
