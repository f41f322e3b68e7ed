"""ONNX from Keras."""

import json

import keras
import numpy as np
import onnxruntime

numbers = np.random.default_rng(0)
kernel = numbers.standard_normal((4, 3)).astype("float32")
inputs = numbers.standard_normal((2, 4)).astype("float32")
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
model.set_weights([kernel, np.zeros(3)])
model.export("model.onnx", format="onnx", verbose=False)

session = onnxruntime.InferenceSession("model.onnx")
outputs = session.run(None, {session.get_inputs()[0].name: inputs})[0]
print(json.dumps({"outputs": outputs.tolist()}))
