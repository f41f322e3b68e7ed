"""Exercise: a Keras layer as a Module. It scales by a weight that is trained and counts its calls.

class Scale(keras.layers.Layer):
    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), initializer="ones")
        self.calls = self.add_weight(shape=(), initializer="zeros", trainable=False)
        self.inner = [keras.layers.Dense(shape[-1]) for _ in range(2)]

    def call(self, x, training=False):
        if training:
            self.calls.assign_add(1)
        for layer in self.inner:
            x = layer(x)
        return self.factor * x
"""

import torch
from torch import nn


class Scale(nn.Module):
    def __init__(self, size: int):
        super().__init__()
        # factor (trained, ones), calls (kept, not trained, zero), inner (two nn.Linear)
        raise NotImplementedError("Scale.__init__")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # calls counts in training mode only
        raise NotImplementedError("Scale.forward")
