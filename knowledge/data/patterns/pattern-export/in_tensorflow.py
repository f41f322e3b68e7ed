"""SavedModel and LiteRT."""

import json
import pathlib
import warnings

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
kernels = [numbers.standard_normal(shape).astype("float32") for shape in ((4, 6), (6, 3))]
two = numbers.standard_normal((2, 4)).astype("float32")
five = numbers.standard_normal((5, 4)).astype("float32")
model = keras.Sequential(
    [
        keras.Input((4,)),
        keras.layers.Dense(6, activation="relu"),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
model.set_weights([kernels[0], np.zeros(6), kernels[1], np.zeros(3)])

model.export("exported", verbose=False)
loaded = tf.saved_model.load("exported")
outputs = [loaded.serve(tf.constant(rows)).numpy() for rows in (two, five)]
same = all(np.allclose(out, model(rows), atol=1e-6) for out, rows in zip(outputs, (two, five)))

flat = tf.lite.TFLiteConverter.from_saved_model("exported").convert()
pathlib.Path("model.tflite").write_bytes(flat)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its successor is ai_edge_litert.interpreter.Interpreter
    interpreter = tf.lite.Interpreter("model.tflite")
place = interpreter.get_input_details()[0]["index"]
interpreter.resize_tensor_input(place, five.shape)
interpreter.allocate_tensors()
interpreter.set_tensor(place, five)
interpreter.invoke()
lite = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
same = same and np.allclose(lite, outputs[1], atol=1e-6)

print(
    json.dumps(
        {
            "two": outputs[0].tolist(),
            "five": outputs[1].tolist(),
            "same_as_model": bool(same),
            "bytes_of_litert": len(flat),
        }
    )
)
