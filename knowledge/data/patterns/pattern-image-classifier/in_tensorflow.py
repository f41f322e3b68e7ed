"""A convolutional network in Keras, trained for six steps."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
images = numbers.standard_normal((12, 10, 8, 3)).astype("float32")  # height 10, width 8
labels = numbers.integers(0, 4, 12)
kernels = [
    numbers.standard_normal((3, 3, 3, 6)).astype("float32") * 0.3,
    numbers.standard_normal((3, 3, 6, 5)).astype("float32") * 0.3,
    numbers.standard_normal((5, 4)).astype("float32"),
]
model = keras.Sequential(
    [
        keras.Input((10, 8, 3)),
        keras.layers.Conv2D(6, 3, strides=2, padding="same", activation="relu"),
        keras.layers.Conv2D(5, 3, padding="same", activation="relu"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(4),
    ]
)
zeros = [np.zeros(kernel.shape[-1]) for kernel in kernels]
model.set_weights([part for pair in zip(kernels, zeros) for part in pair])
optimizer = keras.optimizers.SGD(0.1)
loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

losses = []
for _ in range(6):
    with tf.GradientTape() as tape:
        loss = loss_function(labels, model(images, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    losses.append(float(loss))

print(json.dumps({"losses": losses, "logits": model(images).numpy().tolist()}))
