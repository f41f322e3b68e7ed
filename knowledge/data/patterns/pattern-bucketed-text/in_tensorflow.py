"""Buckets with tf.data."""

import json

import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
sentences = [numbers.integers(1, 100, size).tolist() for size in numbers.integers(1, 20, 60)]


def rows():
    return tf.data.Dataset.from_generator(
        lambda: iter(sentences), output_signature=tf.TensorSpec((None,), tf.int64)
    )


def share_of_padding(batches: list[np.ndarray]) -> float:
    return sum((batch == 0).sum() for batch in batches) / sum(batch.size for batch in batches)


bucketed = rows().bucket_by_sequence_length(
    element_length_func=lambda row: tf.shape(row)[0],
    bucket_boundaries=[5, 10, 15],
    bucket_batch_sizes=[8, 8, 8, 8],
)
in_buckets = [batch.numpy() for batch in bucketed]
plain = [batch.numpy() for batch in rows().padded_batch(8)]

print(
    json.dumps(
        {
            "shapes": [list(batch.shape) for batch in in_buckets],
            "padding_in_buckets": float(share_of_padding(in_buckets)),
            "padding_without": float(share_of_padding(plain)),
            "words": int(sum(batch.sum() for batch in in_buckets)),
        }
    )
)
