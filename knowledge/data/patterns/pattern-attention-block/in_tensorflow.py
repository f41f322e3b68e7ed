"""A transformer block from Keras layers."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return (numbers.standard_normal(shape) * 0.4).astype("float32")


SIZE, HEADS, HEAD, WIDE = 6, 2, 3, 10
inputs = draw(2, 5, SIZE)
lengths = [5, 3]
allowed = np.arange(5) < np.array(lengths)[:, None]  # True: a word, False: padding
projections = [(draw(SIZE, HEADS, HEAD), draw(HEADS, HEAD)) for _ in range(3)]  # as in Keras
output = (draw(HEADS, HEAD, SIZE), draw(SIZE))
wide, narrow = (draw(SIZE, WIDE), draw(WIDE)), (draw(WIDE, SIZE), draw(SIZE))
norms = [(1 + draw(SIZE), draw(SIZE)) for _ in range(2)]


class Block(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.norm1 = keras.layers.LayerNormalization(epsilon=1e-5)
        self.attention = keras.layers.MultiHeadAttention(num_heads=HEADS, key_dim=HEAD)
        self.norm2 = keras.layers.LayerNormalization(epsilon=1e-5)
        self.wide = keras.layers.Dense(WIDE, activation="relu")
        self.narrow = keras.layers.Dense(SIZE)

    def call(self, x, allowed):
        normal = self.norm1(x)
        x = x + self.attention(normal, normal, attention_mask=allowed[:, None, :])
        return x + self.narrow(self.wide(self.norm2(x)))


block = Block()
x, mask = tf.constant(inputs), tf.constant(allowed)
block(x, mask)
block.norm1.set_weights(norms[0])
block.norm2.set_weights(norms[1])
block.attention.set_weights([part for pair in (*projections, output) for part in pair])
block.wide.set_weights(wide)
block.narrow.set_weights(narrow)

with tf.GradientTape() as tape:
    tape.watch(x)
    outputs = block(x, mask)
    total = tf.reduce_sum(tf.boolean_mask(outputs, mask) ** 2)
gradient = tape.gradient(total, x)
alone = block(x[1:, :3], mask[1:, :3])

print(
    json.dumps(
        {
            "outputs": tf.boolean_mask(outputs, mask).numpy().tolist(),
            "gradient_norm": float(tf.norm(gradient)),
            "same_without_padding": bool(np.allclose(alone[0], outputs[1, :3], atol=1e-5)),
        }
    )
)
