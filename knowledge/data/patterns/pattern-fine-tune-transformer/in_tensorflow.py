"""Fine-tuning in TensorFlow: first the head, then everything."""

import json

import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return (numbers.standard_normal(shape) * 0.3).astype("float32")


published = {  # stands in for a file of published weights
    "words": draw(20, 8),
    "query": draw(8, 8),
    "key": draw(8, 8),
    "value": draw(8, 8),
    "wide": draw(8, 16),
    "narrow": draw(16, 8),
}
head_start = draw(8, 2)
ids = numbers.integers(0, 20, (32, 6))
labels = ((ids < 7).sum(1) > 2).astype("int64")


class Encoder(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.words = keras.layers.Embedding(20, 8)
        self.query, self.key, self.value = (keras.layers.Dense(8, use_bias=False) for _ in "qkv")
        self.wide = keras.layers.Dense(16, activation="gelu", use_bias=False)
        self.narrow = keras.layers.Dense(8, use_bias=False)

    def call(self, ids):
        x = self.words(ids)
        scores = tf.matmul(self.query(x), self.key(x), transpose_b=True) / 8**0.5
        x = x + tf.matmul(tf.nn.softmax(scores), self.value(x))
        return x + self.narrow(self.wide(x))


class Classifier(keras.Model):
    def __init__(self, encoder: Encoder):
        super().__init__()
        self.encoder = encoder
        self.head = keras.layers.Dense(2, use_bias=False)

    def call(self, ids):
        return self.head(tf.reduce_mean(self.encoder(ids), axis=1))


model = Classifier(Encoder())
model(ids)
for name, value in published.items():
    getattr(model.encoder, name).set_weights([value])
model.head.set_weights([head_start])


def train(rate: float, steps: int) -> list[float]:
    optimizer = keras.optimizers.SGD(rate)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=model(ids))
            )
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses


model.encoder.trainable = False
counts = [len(model.trainable_variables)]
head_losses = train(2.0, 8)
moved = float(np.abs(model.encoder.query.kernel - published["query"]).max())
model.encoder.trainable = True
counts.append(len(model.trainable_variables))
all_losses = train(0.2, 8)
accuracy = float(np.mean(np.argmax(model(ids), axis=1) == labels))

print(
    json.dumps(
        {
            "head_losses": head_losses,
            "all_losses": all_losses,
            "trainable_counts": counts,
            "body_moved_while_frozen": moved,
            "accuracy": accuracy,
        }
    )
)
