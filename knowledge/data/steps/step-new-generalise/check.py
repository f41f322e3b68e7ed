"""Self-check of the exercise about judging a model."""

import numpy as np


def check(solution):
    training, testing = (np.asarray(part).tolist() for part in solution.split(50, 0.2, 1))
    yield (
        len(testing) == 10 and len(training) == 40,
        "10 of 50 rows are for testing, 40 for training",
    )
    yield sorted(training + testing) == list(range(50)), "each row is in one of the two parts"
    yield testing != sorted(testing), "the rows are shuffled (files are often sorted by label)"
    again = np.asarray(solution.split(50, 0.2, 1)[1]).tolist()
    other = np.asarray(solution.split(50, 0.2, 2)[1]).tolist()
    yield again == testing != other, "the same seed gives the same rows, another seed others"
    numbers = np.random.default_rng(0)
    a = numbers.standard_normal((30, 3)) * [1, 5, 0] + [0, 3, 7]
    b = numbers.standard_normal((10, 3)) * 2 + 1
    b[:, 2] = 7
    first, second = (np.asarray(part) for part in solution.standardise(a.copy(), b.copy()))
    yield (
        bool(np.isfinite(first).all() and np.isfinite(second).all()),
        "a constant column gives no NaN",
    )
    own = (b[:, :2] - b[:, :2].mean(0)) / b[:, :2].std(0)
    if np.allclose(second[:, :2], own):
        yield False, "testing rows are scaled by their own mean; take that of the training rows"
    else:
        mean, spread = a[:, :2].mean(0), a[:, :2].std(0)
        close = np.allclose(second[:, :2], (b[:, :2] - mean) / spread, rtol=0.05, atol=0.02)
        yield close, "testing rows are scaled as the training rows are"
    truth, predicted = np.array([1, 1, 1, 0, 0, 0, 0, 0]), np.array([1, 0, 0, 1, 0, 0, 0, 0])
    found = solution.report(truth, predicted)
    wanted = {"accuracy": 5 / 8, "precision": 1 / 2, "recall": 1 / 3}
    swapped = {**wanted, "precision": 1 / 3, "recall": 1 / 2}
    same = {name: abs(float(found[name]) - value) < 1e-6 for name, value in wanted.items()}
    if all(abs(float(found[name]) - value) < 1e-6 for name, value in swapped.items()):
        yield False, "precision and recall are exchanged"
    else:
        yield all(same.values()), f"accuracy, precision and recall are right: {same}"
    empty = solution.report(truth, np.zeros(8, int))
    yield float(empty["precision"]) == 0, "precision is 0 where nothing was called 1"
