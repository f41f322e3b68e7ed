"""Exercise: gradients with autograd, where the comments show GradientTape."""

import torch


def slope(x: torch.Tensor) -> torch.Tensor:
    # with tf.GradientTape() as tape: tape.watch(x); y = tf.reduce_sum(x**3); tape.gradient(y, x)
    raise NotImplementedError("slope")


def curvature(x: torch.Tensor) -> torch.Tensor:
    # Two tapes, one inside the other: the derivative of slope, element by element.
    raise NotImplementedError("curvature")


def half_fixed(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    # The gradient of sum(a * tf.stop_gradient(b * a)) with respect to a.
    raise NotImplementedError("half_fixed")
