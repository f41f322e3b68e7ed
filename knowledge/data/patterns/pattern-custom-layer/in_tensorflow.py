"""A gated layer of one's own in Keras."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = tf.constant(numbers.standard_normal((3, 4)).astype("float32"))
kernel = numbers.standard_normal((4, 4)).astype("float32")
gate = numbers.standard_normal(4).astype("float32")


@keras.saving.register_keras_serializable("example")
class Gated(keras.layers.Layer):
    def __init__(self, sharpness: float = 1.0, **options):
        super().__init__(**options)
        self.sharpness = sharpness

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], shape[-1]), name="kernel")
        self.gate = self.add_weight(shape=(shape[-1],), initializer="zeros", name="gate")
        self.calls = self.add_weight(
            shape=(), initializer="zeros", dtype="int64", trainable=False, name="calls"
        )

    def call(self, x):
        self.calls.assign_add(1)
        share = tf.sigmoid(self.sharpness * self.gate)
        return share * tf.matmul(x, self.kernel) + (1 - share) * x

    def get_config(self):
        return {**super().get_config(), "sharpness": self.sharpness}


layer = Gated(2.0)
layer.build(inputs.shape)
layer.kernel.assign(kernel)
layer.gate.assign(gate)
with tf.GradientTape() as tape:
    outputs = layer(inputs)
    total = tf.reduce_sum(outputs**2)
gradient = tape.gradient(total, layer.gate)
layer(inputs)

print(
    json.dumps(
        {
            "outputs": outputs.numpy().tolist(),
            "gradient": gradient.numpy().tolist(),
            "trainable": sorted(weight.name for weight in layer.trainable_weights),
            "stored": sorted(weight.name for weight in layer.weights),
            "calls": int(layer.calls),
        }
    )
)
