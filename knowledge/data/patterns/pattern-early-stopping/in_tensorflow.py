"""Early stopping with callbacks."""

import json

import keras
import numpy as np

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((30, 6)).astype("float32")
targets = (inputs[:, :1] + 0.8 * numbers.standard_normal((30, 1))).astype("float32")
kernels = [numbers.standard_normal(shape).astype("float32") * 0.5 for shape in ((6, 16), (16, 1))]
training, validation = (inputs[:12], targets[:12]), (inputs[12:], targets[12:])

model = keras.Sequential(
    [keras.Input((6,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)]
)
model.set_weights([kernels[0], np.zeros(16), kernels[1], np.zeros(1)])
model.compile(keras.optimizers.SGD(0.05), loss="mse")
stopping = keras.callbacks.EarlyStopping("val_loss", patience=3, restore_best_weights=True)
keeping = keras.callbacks.ModelCheckpoint("lowest.keras", "val_loss", save_best_only=True)
history = model.fit(
    *training,
    batch_size=12,
    epochs=60,
    shuffle=False,
    validation_data=validation,
    callbacks=[stopping, keeping],
    verbose=0,
).history

restored = model.evaluate(*validation, verbose=0)
checkpoint = keras.models.load_model("lowest.keras").evaluate(*validation, verbose=0)
print(
    json.dumps(
        {
            "validation_losses": history["val_loss"],
            "stopped_after": len(history["val_loss"]),
            "lowest_epoch": stopping.best_epoch,
            "restored_loss": restored,
            "checkpoint_loss": checkpoint,
        }
    )
)
