"""The policy mixed_bfloat16 on a CPU."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((32, 4)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernels = [numbers.standard_normal(shape).astype("float32") * 0.4 for shape in ((4, 16), (16, 1))]
keras.mixed_precision.set_global_policy("mixed_bfloat16")
hidden_layer = keras.layers.Dense(16, activation="tanh")
last_layer = keras.layers.Dense(1, dtype="float32")
model = keras.Sequential([keras.Input((4,)), hidden_layer, last_layer])
model.set_weights([kernels[0], np.zeros(16), kernels[1], np.zeros(1)])
optimizer = keras.optimizers.SGD(0.1)

losses = []
for _ in range(10):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(inputs, training=True) - targets) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    losses.append(float(loss))

print(
    json.dumps(
        {
            "weight_dtype": hidden_layer.kernel.dtype,
            "hidden_dtype": hidden_layer(inputs).dtype.name,
            "gradient_dtype": gradients[0].dtype.name,
            "losses": losses,
        }
    )
)
