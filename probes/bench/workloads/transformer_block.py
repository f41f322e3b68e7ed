"""One pre-norm transformer block, forward: causal attention and a two-layer perceptron.

The implementations below follow each other line by line: the same explicit attention (no
fused call on any side: that is the workload ``attention``), the same epsilon, the exact GELU,
float32 throughout, dropout absent. Weights are [in, out] for all, so no side transposes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

TITLE = "Transformer block, forward"
METRIC = "GFLOP/s"
TOLERANCE = 1e-4
EPSILON = 1e-5

CASES = {
    "128x256": {"batch": 2, "length": 128, "width": 256, "heads": 4},
    "256x512": {"batch": 4, "length": 256, "width": 512, "heads": 8},
    "512x768": {"batch": 4, "length": 512, "width": 768, "heads": 12},
}
EFFORTS = {
    "quick": ("128x256",),
    "standard": ("128x256", "256x512"),
    "thorough": ("128x256", "256x512", "512x768"),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    return (
        f"batch {sizes['batch']}, {sizes['length']} tokens, width {sizes['width']}, "
        f"{sizes['heads']} heads, float32"
    )


def work(sizes: dict[str, int]) -> float:
    """Return the arithmetic of the matrix products of one call in GFLOP."""
    tokens, width = sizes["batch"] * sizes["length"], sizes["width"]
    dense = 2.0 * tokens * 12 * width * width  # four projections, and 4 + 4 of the perceptron
    attention = 2.0 * 2.0 * tokens * sizes["length"] * width
    return (dense + attention) / 1e9


def arithmetic(sizes: dict[str, int]) -> float:
    """Return the operations of one call, in 10⁹; of attention, what lies before the mask."""
    behind_mask = sizes["batch"] * sizes["length"] * (sizes["length"] - 1) / 2
    return work(sizes) - 2 * 2.0 * behind_mask * sizes["width"] / 1e9


def traffic(sizes: dict[str, int]) -> float:
    """Return the least bytes of one call, in 10⁹: weights and input read, output written."""
    width = sizes["width"]
    return 4.0 * (12 * width * width + 2 * sizes["batch"] * sizes["length"] * width) / 1e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the input, with the ring of four in front, and the weights."""
    width, hidden = sizes["width"], 4 * sizes["width"]

    def normal(*shape: int) -> Any:
        return generator.standard_normal(shape, dtype="float32")

    def dense(inputs: int, outputs: int) -> Any:
        return normal(inputs, outputs) * (inputs**-0.5)

    # No weight is symmetric, one or zero: a swapped or forgotten one must change the result.
    weights = {
        "norm_1_scale": 1.0 + 0.1 * normal(width),
        "norm_1_shift": 0.1 * normal(width),
        "query": dense(width, width),
        "key": dense(width, width),
        "value": dense(width, width),
        "project": dense(width, width),
        "project_bias": 0.1 * normal(width),
        "norm_2_scale": 1.0 + 0.1 * normal(width),
        "norm_2_shift": 0.1 * normal(width),
        "up": dense(width, hidden),
        "up_bias": 0.1 * normal(hidden),
        "down": dense(hidden, width),
        "down_bias": 0.1 * normal(width),
    }
    # Small inputs, so that epsilon weighs in the variance and a wrong one is caught.
    inputs = 0.1 * normal(4, sizes["batch"], sizes["length"], width)
    return [inputs], weights


def reference(weights: dict[str, Any], sizes: dict[str, int], x: Any) -> Any:
    """Compute in float64 with NumPy."""
    import math

    import numpy as np

    w = {name: array.astype("float64") for name, array in weights.items()}
    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads
    allowed: Any = np.tril(np.ones((length, length), dtype=bool))
    erf = np.frompyfunc(math.erf, 1, 1)

    def norm(x: Any, scale: Any, shift: Any) -> Any:
        mean = x.mean(-1, keepdims=True)
        variance = x.var(-1, keepdims=True)
        return (x - mean) / np.sqrt(variance + EPSILON) * scale + shift

    def split(x: Any) -> Any:
        return x.reshape(batch, length, heads, depth).transpose(0, 2, 1, 3)

    x = x.astype("float64")
    h = norm(x, w["norm_1_scale"], w["norm_1_shift"])
    q, k, v = split(h @ w["query"]), split(h @ w["key"]), split(h @ w["value"])
    scores = q @ k.swapaxes(-1, -2) * depth**-0.5
    scores = np.where(allowed, scores, -np.inf)
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    attended = scores / scores.sum(-1, keepdims=True) @ v
    merged = attended.transpose(0, 2, 1, 3).reshape(batch, length, width)
    x = x + merged @ w["project"] + w["project_bias"]
    h = norm(x, w["norm_2_scale"], w["norm_2_shift"])
    h = h @ w["up"] + w["up_bias"]
    h = 0.5 * h * (1.0 + erf(h * 0.5**0.5).astype("float64"))
    return x + h @ w["down"] + w["down_bias"]


def pytorch(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in PyTorch."""
    import torch
    from torch.nn import functional

    w = weights
    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads
    allowed = torch.ones(length, length, dtype=torch.bool, device=w["query"].device).tril()

    def norm(x: Any, scale: Any, shift: Any) -> Any:
        return functional.layer_norm(x, (width,), scale, shift, eps=EPSILON)

    def split(x: Any) -> Any:
        return x.reshape(batch, length, heads, depth).permute(0, 2, 1, 3)

    def step(x: Any) -> Any:
        h = norm(x, w["norm_1_scale"], w["norm_1_shift"])
        q, k, v = split(h @ w["query"]), split(h @ w["key"]), split(h @ w["value"])
        scores = torch.matmul(q, k.transpose(-1, -2)) * depth**-0.5
        scores = torch.where(allowed, scores, float("-inf"))
        attended = torch.matmul(torch.softmax(scores, -1), v)
        merged = attended.permute(0, 2, 1, 3).reshape(batch, length, width)
        x = x + merged @ w["project"] + w["project_bias"]
        h = norm(x, w["norm_2_scale"], w["norm_2_shift"])
        h = functional.gelu(h @ w["up"] + w["up_bias"], approximate="none")
        return x + h @ w["down"] + w["down_bias"]

    return step


def tensorflow(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in TensorFlow."""
    import tensorflow as tf

    w = weights
    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads
    allowed = tf.linalg.band_part(tf.ones((length, length)), -1, 0) > 0.0

    def norm(x: Any, scale: Any, shift: Any) -> Any:
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return tf.nn.batch_normalization(x, mean, variance, shift, scale, EPSILON)

    def split(x: Any) -> Any:
        return tf.transpose(tf.reshape(x, (batch, length, heads, depth)), (0, 2, 1, 3))

    def step(x: Any) -> Any:
        h = norm(x, w["norm_1_scale"], w["norm_1_shift"])
        q, k, v = split(h @ w["query"]), split(h @ w["key"]), split(h @ w["value"])
        scores = tf.matmul(q, k, transpose_b=True) * depth**-0.5
        scores = tf.where(allowed, scores, float("-inf"))
        attended = tf.matmul(tf.nn.softmax(scores, -1), v)
        merged = tf.reshape(tf.transpose(attended, (0, 2, 1, 3)), (batch, length, width))
        x = x + merged @ w["project"] + w["project_bias"]
        h = norm(x, w["norm_2_scale"], w["norm_2_shift"])
        h = tf.nn.gelu(h @ w["up"] + w["up_bias"], approximate=False)
        return x + h @ w["down"] + w["down_bias"]

    return step


def jax(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in JAX."""
    import jax.numpy as jnp
    from jax.nn import gelu, softmax

    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads

    def norm(x: Any, scale: Any, shift: Any) -> Any:
        mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        return (x - mean) / jnp.sqrt(variance + EPSILON) * scale + shift

    def split(x: Any) -> Any:
        return x.reshape(batch, length, heads, depth).transpose(0, 2, 1, 3)

    def step(w: dict[str, Any], x: Any) -> Any:
        allowed = jnp.tril(jnp.ones((length, length), dtype=bool))
        h = norm(x, w["norm_1_scale"], w["norm_1_shift"])
        q, k, v = split(h @ w["query"]), split(h @ w["key"]), split(h @ w["value"])
        scores = jnp.matmul(q, k.swapaxes(-1, -2)) * depth**-0.5
        scores = jnp.where(allowed, scores, -jnp.inf)
        attended = jnp.matmul(softmax(scores, -1), v)
        merged = attended.transpose(0, 2, 1, 3).reshape(batch, length, width)
        x = x + merged @ w["project"] + w["project_bias"]
        h = norm(x, w["norm_2_scale"], w["norm_2_shift"])
        h = gelu(h @ w["up"] + w["up_bias"], approximate=False)
        return x + h @ w["down"] + w["down_bias"]

    return partial(step, weights)


def keras(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in Keras."""
    from keras import ops

    w = weights
    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads

    def norm(x: Any, scale: Any, shift: Any) -> Any:
        return ops.layer_normalization(x, scale, shift, axis=-1, epsilon=EPSILON)

    def split(x: Any) -> Any:
        return ops.transpose(ops.reshape(x, (batch, length, heads, depth)), (0, 2, 1, 3))

    def step(x: Any) -> Any:
        allowed = ops.tril(ops.ones((length, length), dtype="bool"))
        h = norm(x, w["norm_1_scale"], w["norm_1_shift"])
        q, k, v = (split(ops.matmul(h, w[name])) for name in ("query", "key", "value"))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) * depth**-0.5
        scores = ops.where(allowed, scores, float("-inf"))
        attended = ops.matmul(ops.softmax(scores, -1), v)
        merged = ops.reshape(ops.transpose(attended, (0, 2, 1, 3)), (batch, length, width))
        x = x + ops.matmul(merged, w["project"]) + w["project_bias"]
        h = norm(x, w["norm_2_scale"], w["norm_2_shift"])
        h = ops.gelu(ops.matmul(h, w["up"]) + w["up_bias"], approximate=False)
        return x + ops.matmul(h, w["down"]) + w["down_bias"]

    return step
