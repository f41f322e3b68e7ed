"""A solution of the exercise about judging a model."""

import numpy as np


def split(rows: int, share: float, seed: int):
    order = np.random.default_rng(seed).permutation(rows)
    count = round(rows * share)
    return order[count:], order[:count]


def standardise(training, testing):
    mean, spread = training.mean(0), training.std(0)
    spread = np.where(spread == 0, 1, spread)
    return (training - mean) / spread, (testing - mean) / spread


def report(truth, predicted) -> dict[str, float]:
    found = float(((truth == 1) & (predicted == 1)).sum())
    return {
        "accuracy": float((truth == predicted).mean()),
        "precision": found / max(float((predicted == 1).sum()), 1.0),
        "recall": found / max(float((truth == 1).sum()), 1.0),
    }
