"""CosineDecay with a warm-up; the velocity follows the rule of PyTorch."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((32, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernel = numbers.standard_normal((3, 1)).astype("float32")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.set_weights([kernel, np.zeros(1)])
schedule = keras.optimizers.schedules.CosineDecay(
    initial_learning_rate=0.0, warmup_target=0.2, warmup_steps=4, decay_steps=12, alpha=0.1
)
velocities = [tf.Variable(tf.zeros_like(weight)) for weight in model.trainable_variables]

rates, losses = [], []
for step in range(16):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(inputs) - targets) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    rate = schedule(step)
    for weight, velocity, gradient in zip(model.trainable_variables, velocities, gradients):
        velocity.assign(0.9 * velocity + gradient)
        weight.assign_sub(rate * velocity)  # keras.optimizers.SGD: velocity ← 0.9 v − rate · g
    rates.append(float(rate))
    losses.append(float(loss))

print(json.dumps({"rates": rates, "losses": losses}))
