"""Matrix product: matrix by matrix (arithmetic bounds it) and matrix by vector (memory does).

The one operation that everything else is made of; differences here come from the libraries that
the frameworks call, not from the frameworks' own code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TITLE = "Matrix product"
METRIC = "GFLOP/s"
TOLERANCE = 1e-5

# m × k by k × n; n = 1 is a matrix by a vector.
_LARGE = {"m": 1024, "k": 1024, "n": 1024}
CASES = {
    "gemm-128": {"m": 128, "k": 128, "n": 128},
    "gemm-512": {"m": 512, "k": 512, "n": 512},
    "gemm-1024": _LARGE,
    "gemm-1024-bfloat16": _LARGE | {"bfloat16": 1},
    "gemv-2048": {"m": 2048, "k": 2048, "n": 1},
    "gemv-4096": {"m": 4096, "k": 4096, "n": 1},
}
EFFORTS = {
    "quick": ("gemm-512",),
    "standard": ("gemm-512", "gemm-128", "gemm-1024", "gemm-1024-bfloat16", "gemv-2048"),
    "thorough": tuple(CASES),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    right = "a vector" if sizes["n"] == 1 else f"{sizes['k']} × {sizes['n']}"
    precision = "bfloat16" if sizes.get("bfloat16") else "float32"
    return f"{sizes['m']} × {sizes['k']} by {right}, {precision}"


def work(sizes: dict[str, int]) -> float:
    """Return the arithmetic of one call in GFLOP."""
    return 2.0 * sizes["m"] * sizes["k"] * sizes["n"] / 1e9


def arithmetic(sizes: dict[str, int]) -> float:
    """Return the operations of one call, in 10⁹."""
    return work(sizes)


def traffic(sizes: dict[str, int]) -> float:
    """Return the least bytes of one call, in 10⁹: both factors read, the product written."""
    m, k, n = sizes["m"], sizes["k"], sizes["n"]
    return (2.0 if sizes.get("bfloat16") else 4.0) * (m * k + k * n + m * n) / 1e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the inputs, each with the ring of four in front, and no weights."""
    left = generator.standard_normal((4, sizes["m"], sizes["k"]), dtype="float32")
    right = generator.standard_normal((4, sizes["k"], sizes["n"]), dtype="float32")
    return [left, right], {}


def reference(weights: dict[str, Any], sizes: dict[str, int], left: Any, right: Any) -> Any:
    """Compute in float64 with NumPy."""
    return left.astype("float64") @ right.astype("float64")


def pytorch(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in PyTorch."""
    import torch

    def step(left: Any, right: Any) -> Any:
        return torch.matmul(left, right)

    return step


def tensorflow(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in TensorFlow."""
    import tensorflow as tf

    def step(left: Any, right: Any) -> Any:
        return tf.matmul(left, right)

    return step


def jax(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in JAX."""
    import jax.numpy as jnp

    def step(left: Any, right: Any) -> Any:
        return jnp.matmul(left, right)

    return step


def keras(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in Keras."""
    from keras import ops

    def step(left: Any, right: Any) -> Any:
        return ops.matmul(left, right)

    return step
