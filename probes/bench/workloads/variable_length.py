"""Sentences of different lengths through an encoder: all padded to the longest, or in buckets.

The same lengths both ways. ``padded``: four batches of one shape. ``bucketed``: sentences of like
length together, each batch padded to its own longest, so that four shapes take turns; compilers
must cope with that, and what it costs them is the first pass and the recompilations. Padding is
masked as a key and is zero in the output; only real tokens count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TITLE = "Encoder on sentences of different lengths"
METRIC = "valid tokens/s"
TOLERANCE = 1e-4
SHAPES_VARY = True
COMPILE_SECONDS = {
    "pytorch/compile": 1.5,
    "tensorflow/function": 0.5,
    "tensorflow/function-xla": 2.2,
}
COLD_SECONDS = {"pytorch/compile": 20.0}
EPSILON = 1e-5

# Shapes are rounded up to a multiple of this, as buckets usually are.
BUCKET = 8
_MODEL = {
    "batch": 8,
    "shortest": 8,
    "longest": 128,
    "width": 128,
    "heads": 4,
    "vocabulary": 2048,
}
CASES = {"padded": _MODEL | {"bucketed": 0}, "bucketed": _MODEL | {"bucketed": 1}}
EFFORTS = {"quick": ("bucketed", "padded")}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    shapes = " and ".join(str(padded) for padded in dict.fromkeys(p for _, p in batches(sizes)))
    return (
        f"batches of {sizes['batch']}, {sizes['shortest']} to {sizes['longest']} tokens, padded to "
        f"{shapes}; width {sizes['width']}, {sizes['heads']} heads, float32"
    )


def batches(sizes: dict[str, int]) -> list[tuple[list[int], int]]:
    """Return the lengths in each of the four batches, and the length to which it is padded."""
    many = 4 * sizes["batch"]
    span = sizes["longest"] - sizes["shortest"]
    # Most are short, as in text.
    lengths = [sizes["shortest"] + round(span * (n / (many - 1)) ** 2) for n in range(many)]
    if sizes["bucketed"]:
        groups = [lengths[n : n + sizes["batch"]] for n in range(0, many, sizes["batch"])]
    else:
        groups = [lengths[n::4] for n in range(4)]
    longest = [max(group) if sizes["bucketed"] else max(lengths) for group in groups]
    return [(group, -(-top // BUCKET) * BUCKET) for group, top in zip(groups, longest, strict=True)]


def work(sizes: dict[str, int]) -> float:
    """Return the real tokens of one call, on average over the four batches."""
    return sum(sum(lengths) for lengths, _ in batches(sizes)) / 4.0


def arithmetic(sizes: dict[str, int]) -> float:
    """Return the products that real tokens need, 10⁹ operations per call on average."""
    width = sizes["width"]
    every = [length for lengths, _ in batches(sizes) for length in lengths]
    return sum(2.0 * n * 12 * width**2 + 4.0 * n * n * width for n in every) / 4e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the batches (padding is token 0, which has a row like any other), and the weights."""
    import numpy as np

    width, hidden = sizes["width"], 4 * sizes["width"]

    def normal(*shape: int) -> Any:
        return generator.standard_normal(shape, dtype="float32")

    def dense(inputs: int, outputs: int) -> Any:
        return normal(inputs, outputs) * (inputs**-0.5)

    weights = {
        "embedding": 0.1 * normal(sizes["vocabulary"], width),
        "positions": 0.1 * normal(-(-sizes["longest"] // BUCKET) * BUCKET, width),
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
    tokens, lengths = [], []
    for group, padded in batches(sizes):
        lengths.append(np.array(generator.permutation(group)))
        text = generator.integers(1, sizes["vocabulary"], (sizes["batch"], padded))
        tokens.append(np.where(np.arange(padded) < lengths[-1][:, None], text, 0))
    return [tokens, lengths], weights


def reference(weights: dict[str, Any], sizes: dict[str, int], tokens: Any, lengths: Any) -> Any:
    """Compute in float64 with NumPy."""
    import math

    import numpy as np

    w = {name: array.astype("float64") for name, array in weights.items()}
    batch, width, heads = (sizes[n] for n in ("batch", "width", "heads"))
    depth, padded = width // heads, tokens.shape[1]
    erf = np.frompyfunc(math.erf, 1, 1)

    def norm(x: Any, scale: Any, shift: Any) -> Any:
        unit = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + EPSILON)
        return unit * scale + shift

    def split(x: Any) -> Any:
        return x.reshape(batch, -1, heads, depth).transpose(0, 2, 1, 3)

    real = np.arange(padded) < lengths[:, None]
    x = w["embedding"][tokens] + w["positions"][:padded]
    h = norm(x, w["norm_1_scale"], w["norm_1_shift"])
    q, k, v = split(h @ w["query"]), split(h @ w["key"]), split(h @ w["value"])
    scores = q @ k.swapaxes(-1, -2) * depth**-0.5
    scores = np.where(real[:, None, None], scores, -np.inf)
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    attended = scores / scores.sum(-1, keepdims=True) @ v
    merged = attended.transpose(0, 2, 1, 3).reshape(batch, -1, width)
    x = x + merged @ w["project"] + w["project_bias"]
    h = norm(x, w["norm_2_scale"], w["norm_2_shift"])
    h = h @ w["up"] + w["up_bias"]
    h = 0.5 * h * (1.0 + erf(h * 0.5**0.5).astype("float64"))
    x = x + h @ w["down"] + w["down_bias"]
    return np.where(real[:, :, None], x, 0.0)


def pytorch(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in PyTorch."""
    import torch
    from torch.nn import functional

    w = weights
    batch, width, heads = (sizes[n] for n in ("batch", "width", "heads"))
    depth = width // heads
    every = torch.arange(w["positions"].shape[0], device=w["positions"].device)

    def norm(x: Any, scale: Any, shift: Any) -> Any:
        return functional.layer_norm(x, (width,), scale, shift, eps=EPSILON)

    def split(x: Any) -> Any:
        return x.reshape(batch, -1, heads, depth).permute(0, 2, 1, 3)

    def step(tokens: Any, lengths: Any) -> Any:
        padded = tokens.shape[1]
        real = every[:padded] < lengths[:, None]
        x = functional.embedding(tokens, w["embedding"]) + w["positions"][:padded]
        h = norm(x, w["norm_1_scale"], w["norm_1_shift"])
        q, k, v = split(h @ w["query"]), split(h @ w["key"]), split(h @ w["value"])
        scores = torch.matmul(q, k.transpose(-1, -2)) * depth**-0.5
        scores = torch.where(real[:, None, None], scores, float("-inf"))
        attended = torch.matmul(torch.softmax(scores, -1), v)
        merged = attended.permute(0, 2, 1, 3).reshape(batch, -1, width)
        x = x + merged @ w["project"] + w["project_bias"]
        h = norm(x, w["norm_2_scale"], w["norm_2_shift"])
        h = functional.gelu(h @ w["up"] + w["up_bias"], approximate="none")
        x = x + h @ w["down"] + w["down_bias"]
        return torch.where(real[:, :, None], x, 0.0)

    return step


def tensorflow(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in TensorFlow."""
    import tensorflow as tf

    w = weights
    batch, width, heads = (sizes[n] for n in ("batch", "width", "heads"))
    depth = width // heads
    every = tf.range(w["positions"].shape[0], dtype=tf.int64)

    def norm(x: Any, scale: Any, shift: Any) -> Any:
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return tf.nn.batch_normalization(x, mean, variance, shift, scale, EPSILON)

    def split(x: Any) -> Any:
        return tf.transpose(tf.reshape(x, (batch, -1, heads, depth)), (0, 2, 1, 3))

    def step(tokens: Any, lengths: Any) -> Any:
        padded = tf.shape(tokens)[1]
        real = every[:padded] < lengths[:, None]
        x = tf.nn.embedding_lookup(w["embedding"], tokens) + w["positions"][:padded]
        h = norm(x, w["norm_1_scale"], w["norm_1_shift"])
        q, k, v = split(h @ w["query"]), split(h @ w["key"]), split(h @ w["value"])
        scores = tf.matmul(q, k, transpose_b=True) * depth**-0.5
        scores = tf.where(real[:, None, None], scores, float("-inf"))
        attended = tf.matmul(tf.nn.softmax(scores, -1), v)
        merged = tf.reshape(tf.transpose(attended, (0, 2, 1, 3)), (batch, -1, width))
        x = x + merged @ w["project"] + w["project_bias"]
        h = norm(x, w["norm_2_scale"], w["norm_2_shift"])
        h = tf.nn.gelu(h @ w["up"] + w["up_bias"], approximate=False)
        x = x + h @ w["down"] + w["down_bias"]
        return tf.where(real[:, :, None], x, 0.0)

    return step
