"""global_clipnorm and exclude_from_weight_decay."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((32, 3)).astype("float32")
targets = (5 * np.sin(inputs.sum(1, keepdims=True)) + 3).astype("float32")
kernels = [numbers.standard_normal(shape).astype("float32") for shape in ((3, 6), (6, 1))]
model = keras.Sequential(
    [keras.Input((3,)), keras.layers.Dense(6, activation="tanh"), keras.layers.Dense(1)]
)
model.set_weights([kernels[0], np.zeros(6), kernels[1], np.zeros(1)])
optimizer = keras.optimizers.AdamW(0.05, weight_decay=0.1, epsilon=1e-12, global_clipnorm=1.0)
optimizer.exclude_from_weight_decay(var_names=["bias"])
optimizer.build(model.trainable_variables)

norms, losses = [], []
for _ in range(12):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(inputs) - targets) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    norms.append(float(tf.linalg.global_norm(gradients)))  # before clipping
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    losses.append(float(loss))

print(json.dumps({"norms": norms, "losses": losses, "bias": model.layers[0].bias.numpy().tolist()}))
