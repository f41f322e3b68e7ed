"""One network written as Sequential, with the functional interface and as a subclass."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((3, 4)).astype("float32")
kernels = [numbers.standard_normal(shape).astype("float32") for shape in ((4, 6), (6, 2))]
biases = [numbers.standard_normal(size).astype("float32") for size in (6, 2)]
weights = [kernels[0], biases[0], kernels[1], biases[1]]

sequential = keras.Sequential(
    [keras.Input((4,)), keras.layers.Dense(6, activation="relu"), keras.layers.Dense(2)]
)
sequential.set_weights(weights)

given = keras.Input((4,))
hidden = keras.layers.Dense(6, activation="relu")(given)
given_out = keras.layers.Dense(2)(hidden)
functional = keras.Model(given, given_out)
functional.set_weights(weights)


class Network(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(6, activation="relu")
        self.out = keras.layers.Dense(2)

    def call(self, x):
        return self.out(self.hidden(x))


subclass = Network()
subclass(tf.zeros((1, 4)))  # the weights are made by the first call
subclass.set_weights(weights)

result = {
    name: model(inputs).numpy().tolist()
    for name, model in (
        ("sequential", sequential),
        ("functional", functional),
        ("subclass", subclass),
    )
}
print(json.dumps({**result, "parameters": subclass.count_params()}))
