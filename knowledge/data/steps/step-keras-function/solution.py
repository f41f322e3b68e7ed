"""A solution of the exercise about tf.function."""

import tensorflow as tf

traces: list[int] = []


def make():
    signature = [tf.TensorSpec((None, 3), tf.float32), tf.TensorSpec((), tf.float32)]

    @tf.function(input_signature=signature)
    def f(x, factor):
        traces.append(1)
        extra = tf.where(tf.reduce_sum(x) < 0, 100.0, 0.0)
        return tf.reduce_sum(tf.nn.relu(x) * factor) + extra

    return f
