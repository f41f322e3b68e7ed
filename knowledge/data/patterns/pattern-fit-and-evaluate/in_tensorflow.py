"""A classifier trained with compile and fit."""

import json

import keras
import numpy as np

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((50, 5)).astype("float32")
labels = np.argmax(inputs[:, :3] + 0.3 * numbers.standard_normal((50, 3)), axis=1)
kernels = [numbers.standard_normal(shape).astype("float32") * 0.4 for shape in ((5, 8), (8, 3))]

model = keras.Sequential(
    [keras.Input((5,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(3)]
)
model.set_weights([kernels[0], np.zeros(8), kernels[1], np.zeros(3)])
model.compile(
    optimizer=keras.optimizers.SGD(0.2, momentum=0.9),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(
    inputs[:36],
    labels[:36],
    batch_size=8,
    epochs=3,
    shuffle=False,
    validation_data=(inputs[36:], labels[36:]),
    verbose=0,
).history
evaluated = model.evaluate(inputs, labels, batch_size=16, verbose=0)

print(
    json.dumps(
        {
            "loss": history["loss"],
            "accuracy": history["accuracy"],
            "validation_loss": history["val_loss"],
            "validation_accuracy": history["val_accuracy"],
            "evaluated": evaluated,
        }
    )
)
