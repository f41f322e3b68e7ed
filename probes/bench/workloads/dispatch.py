"""Two hundred operations on sixteen numbers, one after the other: what it costs to ask for work.

The arithmetic takes nanoseconds; an eager arm pays for Python, the framework and its memory on
every operation, a compiled one may make a single loop of them. The time of a call ÷ 200 is the cost
of an operation.

Additions and subtractions take turns: TensorFlow's graph optimiser (2.21) would make one sum of 200
additions, and what is measured then is no longer 200 operations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TITLE = "Two hundred tiny operations"
METRIC = "operations/s"
TOLERANCE = 1e-5
COMPILE_SECONDS = {"pytorch/compile": 2.0, "tensorflow/function": 0.2}
COLD_SECONDS = {"pytorch/compile": 3.0}

CASES = {"200": {"operations": 200, "width": 16}}
EFFORTS = {"quick": ("200",), "standard": ("200",), "thorough": ("200",)}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    return f"{sizes['operations']} additions and subtractions of {sizes['width']} numbers, float32"


def work(sizes: dict[str, int]) -> float:
    """Return the operations of one call."""
    return float(sizes["operations"])


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the start, what is added and what is taken, each as a ring of four; no weights."""
    shape = (4, sizes["width"])
    return [generator.standard_normal(shape, dtype="float32") for _ in range(3)], {}


def reference(weights: dict[str, Any], sizes: dict[str, int], x: Any, up: Any, down: Any) -> Any:
    """Compute in float64 with NumPy."""
    x, up, down = (array.astype("float64") for array in (x, up, down))
    for _ in range(sizes["operations"] // 2):
        x = x + up
        x = x - down
    return x


def pytorch(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in PyTorch."""
    pairs = sizes["operations"] // 2

    def step(x: Any, up: Any, down: Any) -> Any:
        for _ in range(pairs):
            x = x + up
            x = x - down
        return x

    return step


def tensorflow(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in TensorFlow."""
    pairs = sizes["operations"] // 2

    def step(x: Any, up: Any, down: Any) -> Any:
        for _ in range(pairs):
            x = x + up
            x = x - down
        return x

    return step
