"""Exercise: walk downhill, in TensorFlow (GradientTape) or PyTorch (backward or autograd.grad).

The valley is f(x, y) = (x − 1)² + 10 (y + 2)² + x·y. Let the framework find the gradient.
"""


def gradient(x: float, y: float) -> tuple[float, float]:
    # The gradient of f at (x, y).
    raise NotImplementedError("gradient")


def walk(x: float, y: float, rate: float, steps: int) -> list[float]:
    # Gradient descent: f before each of the steps, so `steps` numbers.
    raise NotImplementedError("walk")
