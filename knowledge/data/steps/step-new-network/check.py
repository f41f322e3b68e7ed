"""Self-check of the exercise about a first network."""

import numpy as np


def rings(numbers, rows):
    labels = np.arange(rows) % 2
    angles = numbers.uniform(0, 2 * np.pi, rows)
    radius = 1 + labels + 0.15 * numbers.standard_normal(rows)
    points = np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1)
    return points.astype("float32"), labels.astype("int64")


def check(solution):
    numbers = np.random.default_rng(0)
    inputs, labels = rings(numbers, 300)
    predict = solution.train(inputs.copy(), labels.copy())
    yield callable(predict), "train gives back a function"
    fresh, truth = rings(numbers, 200)
    found = np.asarray(predict(fresh))
    yield found.shape == (200,), f"predict gives one label per row (yours: {list(found.shape)})"
    right = float((found == truth).mean())
    if right < 0.75:
        yield False, f"{right:.0%} of new points are right, as for a line: is there an activation?"
    else:
        yield right >= 0.95, f"at least 95 % of new points are right (yours: {right:.0%})"
