"""Profiling with tf.profiler, timing with a clock."""

import json
import pathlib
import statistics
import time

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((64, 32)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernels = [numbers.standard_normal(s).astype("float32") * 0.05 for s in ((32, 1024), (1024, 1))]
wide = numbers.standard_normal((600, 600)).astype("float32")
model = keras.Sequential(
    [keras.Input((32,)), keras.layers.Dense(1024, activation="tanh"), keras.layers.Dense(1)]
)
model.set_weights([kernels[0], np.zeros(1024), kernels[1], np.zeros(1)])
optimizer = keras.optimizers.SGD(0.01)
optimizer.build(model.trainable_variables)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x, training=True) - y) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


x, y = tf.constant(inputs), tf.constant(targets)
losses = [float(step(x, y)) for _ in range(3)]  # warm-up: tracing happens here

tf.profiler.experimental.start("profile")
times = []
for index in range(5):
    with tf.profiler.experimental.Trace("train", step_num=index, _r=1):
        began = time.perf_counter()
        losses.append(float(step(x, y)))  # float() waits for the value
        times.append(time.perf_counter() - began)
tf.profiler.experimental.stop()


def median(function) -> float:
    spent = []
    for _ in range(7):
        began = time.perf_counter()
        function().numpy()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


big = tf.constant(wide)
parts = {"product": median(lambda: big @ big), "sum": median(lambda: tf.reduce_sum(x))}
traces = list(pathlib.Path("profile").rglob("*.xplane.pb"))
print(
    json.dumps(
        {
            "trace_written": bool(traces),
            "slower_part": max(parts, key=parts.get),
            "losses": losses,
            "timed_steps": len(times),
            "median_seconds": statistics.median(times),
        }
    )
)
