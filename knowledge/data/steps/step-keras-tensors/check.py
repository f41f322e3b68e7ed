"""Self-check of the exercise about tensors of TensorFlow."""

import numpy as np
import tensorflow as tf


def check(solution):
    array = np.array(
        [[1.0, 5.0, 2.0], [2.0, 5.5, 0.0], [6.0, -1.0, 3.0], [0.0, 1.0, 1.0]], "float32"
    )
    x = tf.constant(array)
    found = np.asarray(solution.spread(x))
    if np.allclose(found, array.std(0)):
        yield False, "spread divides by n; PyTorch's std divides by n − 1 (gotcha-std-correction)"
    else:
        yield (
            np.allclose(found, array.std(0, ddof=1)),
            "spread is the standard deviation of PyTorch",
        )
    rows, values = np.array([2, 0]), np.array([[7.0, 7, 7], [8, 8, 8]], "float32")
    wanted = array.copy()
    wanted[rows] = values
    found = solution.put(x, tf.constant(rows), tf.constant(values))
    yield np.allclose(found, wanted), "put writes rows 2 and 0"
    yield np.array_equal(x, array), "put leaves the given tensor as it was"
    columns = np.array([[0, 2], [1, 1], [2, 0], [0, 1]])
    found = np.asarray(solution.pick(x, tf.constant(columns)))
    if found.shape == (4, 4, 2):
        yield False, "pick takes all columns for every row; batch_dims=1 pairs the rows"
    else:
        yield np.allclose(found, np.take_along_axis(array, columns, 1)), "pick pairs the rows"
    found = solution.mix(x, tf.constant(columns[:, :1]))
    yield found.dtype == tf.float32, "mix gives float32 (TensorFlow does not promote by itself)"
    yield np.allclose(found, array * columns[:, :1]), "mix multiplies"
