"""Causal attention: written out, and by each framework's own call for it.

``naive`` is softmax(QKᵀ)V in the same operations everywhere; it holds a square of scores per head,
so its peak of memory grows with the square of the length. ``fused`` is what users of each framework
call instead. In PyTorch that is ``scaled_dot_product_attention``, one kernel that never holds the
square. TensorFlow 2.21 has no such kernel for the processor: its users call
``keras.ops.dot_product_attention`` (Keras 3.15 raises for ``flash_attention=True`` on this
backend), which is the same naive attention as two einsums, fused only as far as XLA fuses it.
Keras asks PyTorch first which kernel can be had, which torch.compile cannot trace: a failed cell.

Queries, keys and values come as [batch, length, heads, depth] and the result goes as [batch,
length, width]: what the dense layers before and behind it give and take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TITLE = "Causal attention"
METRIC = "GFLOP/s"
TOLERANCE = 1e-4
CALL_SECONDS = 0.1
COMPILE_SECONDS = {"tensorflow/function-xla": 0.5}
COLD_SECONDS = {"pytorch/compile": 2.0}

_SHAPE = {"batch": 1, "heads": 8, "depth": 64}
CASES = {
    f"{kind}-{length}": {"length": length, "fused": int(kind == "fused")} | _SHAPE
    for length in (256, 1024, 2048)
    for kind in ("naive", "fused")
}
EFFORTS = {
    "quick": ("naive-256", "fused-256"),
    "standard": ("naive-256", "fused-256", "naive-1024", "fused-1024"),
    "thorough": tuple(CASES),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    how = "the framework's own call" if sizes["fused"] else "written out"
    return (
        f"{sizes['length']} positions, batch {sizes['batch']}, {sizes['heads']} heads of "
        f"{sizes['depth']}, {how}, float32"
    )


def work(sizes: dict[str, int]) -> float:
    """Return the arithmetic that causal attention needs in GFLOP.

    Half of the square: what lies behind the mask need not be computed, though ``naive`` does it.
    """
    positions = sizes["length"] * (sizes["length"] + 1) / 2
    return 2 * 2.0 * sizes["batch"] * sizes["heads"] * positions * sizes["depth"] / 1e9


def arithmetic(sizes: dict[str, int]) -> float:
    """Return the operations of one call, in 10⁹."""
    return work(sizes)


def traffic(sizes: dict[str, int]) -> float:
    """Return the least bytes of one call, in 10⁹: three arrays read, one written."""
    width = sizes["heads"] * sizes["depth"]
    return 4 * 4.0 * sizes["batch"] * sizes["length"] * width / 1e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return queries, keys and values, each with the ring of four in front, and no weights."""
    shape = (4, *(sizes[name] for name in ("batch", "length", "heads", "depth")))
    return [generator.standard_normal(shape, dtype="float32") for _ in range(3)], {}


def reference(weights: dict[str, Any], sizes: dict[str, int], q: Any, k: Any, v: Any) -> Any:
    """Compute in float64 with NumPy, one head after the other: the square is large."""
    import numpy as np

    batch, length, heads, depth = q.shape
    allowed: Any = np.tril(np.ones((length, length), dtype=bool))
    q, k, v = (x.astype("float64").transpose(0, 2, 1, 3) for x in (q, k, v))
    attended = np.empty_like(v)
    for place in np.ndindex(batch, heads):
        scores = q[place] @ k[place].T * depth**-0.5
        scores = np.where(allowed, scores, -np.inf)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attended[place] = scores / scores.sum(-1, keepdims=True) @ v[place]
    return attended.transpose(0, 2, 1, 3).reshape(batch, length, heads * depth)


def pytorch(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in PyTorch."""
    import torch
    from torch.nn import functional

    batch, length, heads, depth = (sizes[n] for n in ("batch", "length", "heads", "depth"))
    fused = bool(sizes["fused"])

    def step(q: Any, k: Any, v: Any) -> Any:
        q, k, v = (x.permute(0, 2, 1, 3) for x in (q, k, v))
        if fused:
            attended = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            allowed = torch.ones(length, length, dtype=torch.bool, device=q.device).tril()
            scores = torch.matmul(q, k.transpose(-1, -2)) * depth**-0.5
            scores = torch.where(allowed, scores, float("-inf"))
            attended = torch.matmul(torch.softmax(scores, -1), v)
        return attended.permute(0, 2, 1, 3).reshape(batch, length, heads * depth)

    return step


def tensorflow(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in TensorFlow."""
    import tensorflow as tf

    batch, length, heads, depth = (sizes[n] for n in ("batch", "length", "heads", "depth"))
    if sizes["fused"]:
        # Its layout is that of the inputs, so nothing is transposed.
        def fused_step(q: Any, k: Any, v: Any) -> Any:
            attended = tf.keras.ops.dot_product_attention(q, k, v, is_causal=True)
            return tf.reshape(attended, (batch, length, heads * depth))

        return fused_step

    def step(q: Any, k: Any, v: Any) -> Any:
        q, k, v = (tf.transpose(x, (0, 2, 1, 3)) for x in (q, k, v))
        allowed = tf.linalg.band_part(tf.ones((length, length)), -1, 0) > 0.0
        scores = tf.matmul(q, k, transpose_b=True) * depth**-0.5
        scores = tf.where(allowed, scores, float("-inf"))
        attended = tf.matmul(tf.nn.softmax(scores, -1), v)
        return tf.reshape(tf.transpose(attended, (0, 2, 1, 3)), (batch, length, heads * depth))

    return step


def jax(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in JAX."""
    import jax.numpy as jnp
    from jax.nn import dot_product_attention, softmax

    batch, length, heads, depth = (sizes[n] for n in ("batch", "length", "heads", "depth"))

    def fused_step(q: Any, k: Any, v: Any) -> Any:
        attended = dot_product_attention(q, k, v, is_causal=True)
        return attended.reshape(batch, length, heads * depth)

    def step(q: Any, k: Any, v: Any) -> Any:
        q, k, v = (x.transpose(0, 2, 1, 3) for x in (q, k, v))
        allowed = jnp.tril(jnp.ones((length, length), dtype=bool))
        scores = jnp.matmul(q, k.swapaxes(-1, -2)) * depth**-0.5
        scores = jnp.where(allowed, scores, -jnp.inf)
        attended = jnp.matmul(softmax(scores, -1), v)
        return attended.transpose(0, 2, 1, 3).reshape(batch, length, heads * depth)

    return fused_step if sizes["fused"] else step


def keras(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in Keras."""
    from keras import ops

    batch, length, heads, depth = (sizes[n] for n in ("batch", "length", "heads", "depth"))

    def fused_step(q: Any, k: Any, v: Any) -> Any:
        attended = ops.dot_product_attention(q, k, v, is_causal=True)
        return ops.reshape(attended, (batch, length, heads * depth))

    def step(q: Any, k: Any, v: Any) -> Any:
        q, k, v = (ops.transpose(x, (0, 2, 1, 3)) for x in (q, k, v))
        allowed = ops.tril(ops.ones((length, length), dtype="bool"))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) * depth**-0.5
        scores = ops.where(allowed, scores, float("-inf"))
        attended = ops.matmul(ops.softmax(scores, -1), v)
        return ops.reshape(ops.transpose(attended, (0, 2, 1, 3)), (batch, length, heads * depth))

    return fused_step if sizes["fused"] else step
