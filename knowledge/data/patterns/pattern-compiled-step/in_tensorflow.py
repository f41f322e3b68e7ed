"""tf.function: traces are counted by a line of Python in the body."""

import json

import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
rows = [numbers.standard_normal((length, 3)).astype("float32") for length in (2, 5, 7, 4)]
factors = [1.0, 2.0, 3.0, 4.0]
traces = []


def body(x, factor):
    traces.append(x.shape)  # runs when the function is traced
    return tf.reduce_sum(tf.tanh(x) * factor)


same_shape = tf.function(body)
for factor in factors:
    same_shape(rows[0], tf.constant(factor))  # a tensor: one trace for all values
with_tensors = len(traces)

traces.clear()
numbers_given = tf.function(body)
for factor in factors:
    numbers_given(rows[0], factor)  # a Python number: one trace each
with_numbers = len(traces)

traces.clear()
signature = [tf.TensorSpec((None, 3), tf.float32), tf.TensorSpec((), tf.float32)]
declared = tf.function(body, input_signature=signature)
values = [float(declared(x, factor)) for x, factor in zip(rows, factors)]

print(
    json.dumps(
        {
            "values": values,
            "traces_tensors": with_tensors,
            "traces_numbers": with_numbers,
            "traces_declared": len(traces),
        }
    )
)
