"""Losses as events with tf.summary."""

import json
import os

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((16, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernel = numbers.standard_normal((3, 1)).astype("float32")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.set_weights([kernel, np.zeros(1)])
optimizer = keras.optimizers.SGD(0.1)

losses = []
with tf.summary.create_file_writer("logs").as_default():
    for step in range(5):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(inputs) - targets) ** 2)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        tf.summary.scalar("loss", loss, step=step)
        tf.summary.histogram("kernel", model.layers[0].kernel, step=step)
        losses.append(float(loss))

print(json.dumps({"losses": losses, "files": len(os.listdir("logs"))}))
