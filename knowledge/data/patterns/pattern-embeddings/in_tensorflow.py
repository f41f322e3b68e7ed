"""Skip-gram with negatives in TensorFlow."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
subjects = (["sun", "rain", "wind", "cloud"], ["bread", "salt", "soup", "plate"])
words = subjects[0] + subjects[1]
text = np.concatenate([numbers.integers(0, 4, 30) + 4 * (turn % 2) for turn in range(10)])
pairs = [(a, b) for block in np.split(text, 10) for a, b in zip(block, block[1:])]
centres = np.array([a for a, _ in pairs])
others = np.array([b for _, b in pairs])
negatives = numbers.integers(0, 8, (len(pairs), 3))
start = [numbers.standard_normal((8, 6)).astype("float32") * 0.3 for _ in range(2)]
middle = keras.layers.Embedding(8, 6)
around = keras.layers.Embedding(8, 6)
for layer, table in zip((middle, around), start):
    layer.build((None,))
    layer.set_weights([table])
variables = middle.trainable_variables + around.trainable_variables
optimizer = keras.optimizers.SGD(0.5)

losses = []
for _ in range(25):
    with tf.GradientTape() as tape:
        centre = middle(centres)[:, None, :]
        right = tf.reduce_sum(centre * around(others[:, None]), axis=-1)
        wrong = tf.reduce_sum(centre * around(negatives), axis=-1)
        loss = tf.reduce_mean(tf.nn.softplus(-right)) + tf.reduce_mean(tf.nn.softplus(wrong))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    losses.append(float(loss))

unit = tf.math.l2_normalize(middle.embeddings, axis=1)
similar = tf.matmul(unit, unit, transpose_b=True)
neighbours = tf.argmax(similar - 2 * tf.eye(8), axis=1).numpy()

print(
    json.dumps(
        {
            "losses": losses,
            "within": float(tf.reduce_mean(similar[:4, :4])),
            "between": float(tf.reduce_mean(similar[:4, 4:])),
            "nearest": {word: words[index] for word, index in zip(words, neighbours)},
        }
    )
)
