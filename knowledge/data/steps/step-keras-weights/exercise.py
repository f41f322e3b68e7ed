"""Exercise: weights of PyTorch for Keras.

PyTorch: nn.LSTM(3, 4, batch_first=True), nn.LayerNorm(4), nn.Linear(4, 2)
Keras: LSTM(4, return_sequences=True), LayerNormalization(), Dense(2)
"""

import keras
import numpy as np


def model(state: dict[str, np.ndarray]) -> keras.Model:
    # state: lstm.weight_ih_l0 (16, 3), lstm.weight_hh_l0 (16, 4), lstm.bias_ih_l0, lstm.bias_hh_l0,
    # norm.weight, norm.bias, head.weight (2, 4), head.bias.
    # Give back a Keras model that answers as the network of PyTorch does.
    raise NotImplementedError("model")
