"""A pipeline with tf.data: filter, map, shuffle, batch, prefetch."""

import json

import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((50, 3)).astype("float32")
labels = numbers.integers(0, 4, 50)


def prepare(x, y):
    return tf.clip_by_value(x, -1.0, 1.0) * 2.0, y


def pipeline(seed: int) -> tf.data.Dataset:
    return (
        tf.data.Dataset.from_tensor_slices((inputs, labels))
        .filter(lambda x, y: y != 3)
        .map(prepare, num_parallel_calls=tf.data.AUTOTUNE)
        .shuffle(50, seed=seed, reshuffle_each_iteration=True)
        .batch(8)
        .prefetch(tf.data.AUTOTUNE)
    )


def collect(data) -> tuple[list[int], np.ndarray, np.ndarray]:
    batches = [(x.numpy(), y.numpy()) for x, y in data]
    sizes = [len(x) for x, _ in batches]
    return sizes, np.concatenate([x for x, _ in batches]), np.concatenate([y for _, y in batches])


data = pipeline(7)
sizes, first, first_labels = collect(data)
_, second, _ = collect(data)
_, other, _ = collect(pipeline(7))
wanted = np.clip(inputs[labels != 3], -1, 1) * 2

print(
    json.dumps(
        {
            "mean": float(first.mean()),
            "maximum": float(first.max()),
            "batch_sizes": sizes,
            "labels": np.bincount(first_labels, minlength=4).tolist(),
            "every_row_once": bool(np.array_equal(np.sort(first, axis=0), np.sort(wanted, axis=0))),
            "new_order_each_epoch": not np.array_equal(first, second),
            "same_order_with_same_seed": bool(np.array_equal(first, other)),
        }
    )
)
