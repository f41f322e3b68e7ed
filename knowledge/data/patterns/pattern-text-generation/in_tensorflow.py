"""Learning and writing a sentence in TensorFlow."""

import json

import keras
import numpy as np
import tensorflow as tf

SENTENCE = "the rain in spain falls on the plain. "
letters = sorted(set(SENTENCE))
ids = np.array([letters.index(letter) for letter in SENTENCE])
COUNT, SIZE = len(letters), 24
numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return (numbers.standard_normal(shape) * 0.3).astype("float32")


table, kernel, recurrent = draw(COUNT, 8), draw(8, 3 * SIZE), draw(SIZE, 3 * SIZE)
biases, head = draw(2, 3 * SIZE), draw(SIZE, COUNT)
embedding = keras.layers.Embedding(COUNT, 8)
gru = keras.layers.GRU(SIZE, return_sequences=True, return_state=True)
last = keras.layers.Dense(COUNT, use_bias=False)
embedding.build((None, None))
gru.build((None, None, 8))
last.build((None, SIZE))
embedding.set_weights([table])
gru.set_weights([kernel, recurrent, biases])
last.set_weights([head])
weights = [*embedding.trainable_weights, *gru.trainable_weights, *last.trainable_weights]
weights = [weight.value for weight in weights]
given, wanted = tf.constant(ids[None, :-1]), tf.constant(ids[None, 1:])


@tf.function
def step():
    with tf.GradientTape() as tape:
        outputs, _ = gru(embedding(given))
        logits = last(outputs)
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=wanted, logits=logits)
        )
    for weight, gradient in zip(weights, tape.gradient(loss, weights)):
        weight.assign_sub(1.0 * tf.convert_to_tensor(gradient))
    return loss


losses = [float(step()) for _ in range(150)]

letter, state, text = int(ids[0]), tf.zeros((1, SIZE)), letters[ids[0]]
for _ in range(len(ids) - 1):
    outputs, state = gru(embedding(tf.constant([[letter]])), initial_state=state)
    letter = int(tf.argmax(last(outputs)[0, -1]))
    text += letters[letter]

print(json.dumps({"losses": losses[::10], "text": text}))
