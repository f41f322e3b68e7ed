"""Exercise: compile a step that is traced once."""

import tensorflow as tf  # noqa: F401

traces: list[int] = []


def make():
    # Give back a compiled function f(x, factor): the sum over max(x, 0) · factor, plus 100 if the
    # sum of x is negative. x is float32, any number of rows × 3; factor is a number that changes.
    # Its body calls traces.append(1) first. All calls together may trace once only.
    raise NotImplementedError("make")
