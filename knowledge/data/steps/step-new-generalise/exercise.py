"""Exercise: judge a model by rows it has not seen. NumPy is enough here; tensors are fine, too."""


def split(rows: int, share: float, seed: int):
    # Two arrays of row numbers, for training and for testing: shuffled by the seed, without a
    # row in both; `share` of the rows (rounded) are for testing.
    raise NotImplementedError("split")


def standardise(training, testing):
    # Both arrays (rows × columns) with the mean and the standard deviation of the training rows.
    # A column that never changes in training becomes 0, not NaN.
    raise NotImplementedError("standardise")


def report(truth, predicted) -> dict[str, float]:
    # Labels 0 and 1. accuracy, precision (of those called 1, how many are), recall (of those that
    # are 1, how many were found). A share of nothing is 0.
    raise NotImplementedError("report")
