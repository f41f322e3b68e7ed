"""A focal loss and a recall of one's own, used in fit."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((40, 3)).astype("float32")
targets = (inputs.sum(1, keepdims=True) > 1).astype("float32")
kernel = numbers.standard_normal((3, 1)).astype("float32")


class Focal(keras.losses.Loss):
    def __init__(self, gamma: float = 2.0):
        super().__init__(name="focal")
        self.gamma = gamma

    def call(self, y_true, y_pred):
        sign = 1 - 2 * y_true
        certain = tf.sigmoid(-sign * y_pred)  # probability given to what is true
        return tf.reduce_mean((1 - certain) ** self.gamma * tf.nn.softplus(sign * y_pred), axis=-1)


class LogitRecall(keras.metrics.Metric):
    def __init__(self, name="recall"):
        super().__init__(name=name)
        self.found = self.add_weight(initializer="zeros", name="found")
        self.wanted = self.add_weight(initializer="zeros", name="wanted")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = tf.cast(y_true, tf.float32)
        self.found.assign_add(tf.reduce_sum(y_true * tf.cast(y_pred > 0, tf.float32)))
        self.wanted.assign_add(tf.reduce_sum(y_true))

    def result(self):
        return self.found / tf.maximum(self.wanted, 1.0)


model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.set_weights([kernel, np.zeros(1)])
model.compile(keras.optimizers.SGD(0.5), loss=Focal(), metrics=[LogitRecall()])
history = model.fit(inputs, targets, batch_size=10, epochs=4, shuffle=False, verbose=0).history

print(json.dumps({"losses": history["loss"], "recalls": history["recall"]}))
