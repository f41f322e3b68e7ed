"""pdb in eager mode, and a search for the first NaN."""

import io
import json
import pdb

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((4, 3)).astype("float32")
kernels = [numbers.standard_normal((3, 3)).astype("float32") for _ in range(3)]
script = "p float(hidden[0, 0])\ncontinue\n"  # what one would type
screen = io.StringIO()
debugger = pdb.Pdb(stdin=io.StringIO(script), stdout=screen)
debugger.use_rawinput = False
debugger.prompt = ""
calls = []


@tf.function
def forward(x, stop: bool):
    calls.append(stop)  # runs when the function is traced, or always if it runs eagerly
    hidden = tf.matmul(x, kernels[0])
    if stop:
        debugger.set_trace()  # breakpoint() in daily work
    return tf.nn.relu(hidden)


forward(tf.constant(inputs), False)
forward(tf.constant(inputs), False)  # traced once: no second entry
traced = len(calls)
tf.config.run_functions_eagerly(True)
forward(tf.constant(inputs), True)
tf.config.run_functions_eagerly(False)
shown = [line for line in screen.getvalue().splitlines() if not line.startswith((">", "->"))]
read = float(shown[-1])

model = keras.Sequential([keras.Input((3,))])
for name, kernel in zip(("first", "second", "third"), kernels):
    activation = tf.math.log if name == "second" else "relu"
    model.add(keras.layers.Dense(3, activation=activation, use_bias=False, name=name))
    model.get_layer(name).set_weights([kernel])

x, broken = tf.constant(inputs), None
for layer in model.layers:
    x = layer(x)
    if broken is None and bool(tf.reduce_any(tf.math.is_nan(x))):
        broken = layer.name

print(json.dumps({"read_by_pdb": read, "first_nan_layer": broken, "traced_calls": traced}))
