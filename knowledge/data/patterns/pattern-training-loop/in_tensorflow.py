"""A training loop by hand with GradientTape."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((32, 4)).astype("float32")
targets = np.sin(inputs.sum(axis=1, keepdims=True))
kernels = [numbers.standard_normal(shape).astype("float32") * 0.3 for shape in ((4, 8), (8, 1))]

model = keras.Sequential([keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(1)])
model.build((None, 4))
model.set_weights([kernels[0], np.zeros(8), kernels[1], np.zeros(1)])
optimizer = keras.optimizers.SGD(learning_rate=0.1)
loss_function = keras.losses.Huber()

losses = []
for start in (0, 8, 16, 24) * 3:
    batch = slice(start, start + 8)
    with tf.GradientTape() as tape:
        predictions = model(inputs[batch], training=True)
        loss = loss_function(targets[batch], predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    losses.append(float(loss))

print(json.dumps({"losses": losses, "first_weight": float(model.get_weights()[0][0, 0])}))
