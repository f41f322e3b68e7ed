"""Evaluation of a network with BatchNormalization and Dropout."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((45, 4)).astype("float32")
labels = np.argmax(inputs[:, :3] + 0.8 * numbers.standard_normal((45, 3)), axis=1)
kernels = [numbers.standard_normal((4, 6)) * 0.7, numbers.standard_normal((6, 3)) * 0.7]
scale, shift, mean = (numbers.standard_normal(6) for _ in range(3))
variance = numbers.uniform(0.01, 0.5, 6)

model = keras.Sequential(
    [
        keras.Input((4,)),
        keras.layers.Dense(6),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(3),
    ]
)
model.set_weights([kernels[0], np.zeros(6), scale, shift, mean, variance, kernels[1], np.zeros(3)])

data = tf.data.Dataset.from_tensor_slices((inputs, labels)).batch(16)
logits = tf.concat([model(x, training=False) for x, _ in data], axis=0)
again = model.predict(inputs, batch_size=16, verbose=0)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits)
predicted = tf.argmax(logits, axis=1)
confusion = tf.math.confusion_matrix(labels, predicted, num_classes=3).numpy()
f1 = 2 * confusion.diagonal() / (confusion.sum(0) + confusion.sum(1))

print(
    json.dumps(
        {
            "loss": float(loss),
            "confusion": confusion.tolist(),
            "accuracy": float(confusion.trace() / confusion.sum()),
            "macro_f1": float(f1.mean()),
            "same_twice": bool(np.allclose(logits, again, atol=1e-5)),
        }
    )
)
