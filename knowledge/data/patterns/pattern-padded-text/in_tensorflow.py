"""Padded sentences, an Embedding with mask_zero, an LSTM and a masked mean."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
sentences = [[4, 2, 7], [1, 5], [3, 3, 6, 2, 1]]
table = numbers.standard_normal((8, 4)).astype("float32")
kernel = numbers.standard_normal((4, 12)).astype("float32")
recurrent = numbers.standard_normal((3, 12)).astype("float32")
bias = numbers.standard_normal(12).astype("float32")

embedding = keras.layers.Embedding(8, 4, mask_zero=True)
embedding.build((None, None))
embedding.set_weights([table])
lstm = keras.layers.LSTM(3)
lstm.build((None, None, 4))
lstm.set_weights([kernel, recurrent, bias])
average = keras.layers.GlobalAveragePooling1D()


def read(length: int | None = None):
    ids = keras.utils.pad_sequences(sentences, maxlen=length, padding="post")
    embedded = embedding(tf.constant(ids))
    return lstm(embedded).numpy(), average(embedded).numpy()


last_states, means = read()
more_states, more_means = read(9)
same = np.allclose(last_states, more_states, atol=1e-6) and np.allclose(
    means, more_means, atol=1e-6
)

print(
    json.dumps(
        {
            "last_states": last_states.tolist(),
            "means": means.tolist(),
            "same_with_more_padding": bool(same),
        }
    )
)
