"""Self-check of the exercise about tf.data."""

import numpy as np
import tensorflow as tf


def check(solution):
    tf.random.set_seed(0)
    numbers = np.random.default_rng(0)
    rows = [numbers.integers(1, 9, length).tolist() for length in numbers.integers(1, 8, 40)]
    rows[5] = []
    labels = list(range(40))
    data = solution.pipeline(rows, labels, 4)
    yield isinstance(data, tf.data.Dataset), "pipeline gives a tf.data.Dataset"
    epochs = [[(np.asarray(a), np.asarray(b)) for a, b in data] for _ in range(2)]
    orders = [[int(label) for _, part in epoch for label in part] for epoch in epochs]
    yield 5 not in orders[0], "the row without ids is left out"
    yield sorted(orders[0]) == [k for k in labels if k != 5], "every other row comes once"
    yield orders[0] != orders[1], "the second epoch has another order"
    close = sum(abs(a - b) == 1 for _, p in epochs[0] for a, b in zip(p, p[1:]))
    if close > 15:
        yield False, "neighbours stay together: shuffle comes after batch"
    first_half = np.mean([label < 20 for label in orders[0][:16]])
    yield (
        first_half < 0.95,
        "early batches hold late rows, too (the buffer is as large as the data)",
    )
    padded = all(ids.shape[1] == max(len(rows[k]) for k in part) for ids, part in epochs[0])
    yield padded, "each batch is as long as its own longest row"
    same = all(
        list(ids[i][: len(rows[k])]) == rows[k] for ids, p in epochs[0] for i, k in enumerate(p)
    )
    yield same, "ids and labels belong together, padding stands at the end"
