"""Greedy decoding with a cache of keys and values: batch 1, one token at a time.

A small decoder reads a prompt at once and then its own last token, again and again; memory bounds
it, for every token needs every weight. The three implementations follow each other line by line:
the cache has its full size from the start, so that compiled graphs have one shape; what is not yet
written is masked. No token is fetched before the last one, in any framework. The same tokens must
come out as in float64; prompts after which two tokens are nearly equally likely are not used.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from probes.bench.program import Figures, Program, Ring

TITLE = "Decoding with a key-value cache"
METRIC = "tokens/s"
# The tokens exactly, and the last logits: they tell of mistakes too small to change a token.
TOLERANCE = (0.0, 1e-4)
BUILDS = True
CALL_SECONDS = {
    "pytorch/eager": 0.05,
    "pytorch/compile": 0.05,
    "tensorflow/eager": 0.4,
    "tensorflow/function": 0.06,
    "tensorflow/function-xla": 0.05,
}
COMPILE_SECONDS = {
    "pytorch/compile": 2.0,
    "tensorflow/function": 0.9,
    "tensorflow/function-xla": 2.2,
}
COLD_SECONDS = {"pytorch/compile": 15.0}
EPSILON = 1e-5
# Between the highest logit and the next one; rounding in float32 moves them a thousandth of it.
LEAST_MARGIN = 1e-2

_TEXT = {"prompt": 16, "tokens": 32}
CASES = {
    "256x2": {"width": 256, "heads": 4, "blocks": 2, "vocabulary": 4096} | _TEXT,
    "512x2": {"width": 512, "heads": 8, "blocks": 2, "vocabulary": 4096} | _TEXT,
    "512x4": {"width": 512, "heads": 8, "blocks": 4, "vocabulary": 8192} | _TEXT,
}
EFFORTS = {
    "quick": ("256x2",),
    "standard": ("256x2", "512x2"),
    "thorough": ("256x2", "512x2", "512x4"),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    return (
        f"{sizes['blocks']} blocks of width {sizes['width']}, {sizes['heads']} heads, vocabulary "
        f"{sizes['vocabulary']}, {sizes['prompt']} tokens read, {sizes['tokens']} written, float32"
    )


def work(sizes: dict[str, int]) -> float:
    """Return the tokens that one call writes."""
    return float(sizes["tokens"])


def traffic(sizes: dict[str, int]) -> float:
    """Return the least bytes of one call, in 10⁹: for every token all weights and the cache."""
    width, tokens = sizes["width"], sizes["tokens"]
    weights = sizes["blocks"] * 12 * width * width + sizes["vocabulary"] * width
    seen = sum(range(sizes["prompt"], sizes["prompt"] + tokens))
    return 4.0 * (tokens * weights + seen * sizes["blocks"] * 2 * width) / 1e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the prompts, with the ring of four in front, and the weights."""
    import numpy as np

    width, hidden = sizes["width"], 4 * sizes["width"]

    def normal(*shape: int) -> Any:
        return generator.standard_normal(shape, dtype="float32")

    def dense(inputs: int, outputs: int) -> Any:
        return normal(inputs, outputs) * (inputs**-0.5)

    weights = {
        "embedding": 0.5 * normal(sizes["vocabulary"], width),
        "positions": 0.5 * normal(sizes["prompt"] + sizes["tokens"], width),
        "norm_scale": 1.0 + 0.1 * normal(width),
        "norm_shift": 0.1 * normal(width),
        "head": 2.0 * dense(width, sizes["vocabulary"]),
    }
    for n in range(sizes["blocks"]):
        weights |= {
            f"{n}_norm_1_scale": 1.0 + 0.1 * normal(width),
            f"{n}_norm_1_shift": 0.1 * normal(width),
            f"{n}_query": 2.0 * dense(width, width),  # so that it matters what is looked at
            f"{n}_key": 2.0 * dense(width, width),
            f"{n}_value": dense(width, width),
            f"{n}_project": dense(width, width),
            f"{n}_project_bias": 0.1 * normal(width),
            f"{n}_norm_2_scale": 1.0 + 0.1 * normal(width),
            f"{n}_norm_2_shift": 0.1 * normal(width),
            f"{n}_up": dense(width, hidden),
            f"{n}_up_bias": 0.1 * normal(hidden),
            f"{n}_down": dense(hidden, width),
            f"{n}_down_bias": 0.1 * normal(width),
        }
    prompts: list[Any] = []
    while len(prompts) < 4:
        drawn = generator.integers(0, sizes["vocabulary"], (4, sizes["prompt"]))
        _, _, margins = generate(weights, sizes, drawn)
        clear = (drawn[n] for n in range(4) if margins[n] >= LEAST_MARGIN)
        prompts += list(clear)[: 4 - len(prompts)]
    return [np.stack(prompts)], weights


def references(weights: dict[str, Any], sizes: dict[str, int], prompts: Any) -> list[Any]:
    """Return the tokens after each prompt, and the logits of the last of them."""
    tokens, logits, _ = generate(weights, sizes, prompts)
    return [[tokens[n], logits[n]] for n in range(len(prompts))]


def generate(weights: dict[str, Any], sizes: dict[str, int], prompts: Any) -> tuple[Any, Any, Any]:
    """Return tokens, last logits and the least margin of every prompt; float64, all at once."""
    import math

    import numpy as np

    w = {name: array.astype("float64") for name, array in weights.items()}
    width, heads, blocks = (sizes[n] for n in ("width", "heads", "blocks"))
    depth, many, slots = width // heads, len(prompts), sizes["prompt"] + sizes["tokens"]
    keys = np.zeros((blocks, many, heads, slots, depth))
    values = np.zeros((blocks, many, heads, slots, depth))
    erf = np.frompyfunc(math.erf, 1, 1)

    def norm(x: Any, name: str) -> Any:
        unit = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + EPSILON)
        return unit * w[f"{name}_scale"] + w[f"{name}_shift"]

    def split(x: Any) -> Any:
        return x.reshape(many, -1, heads, depth).transpose(0, 2, 1, 3)

    def read(tokens: Any, positions: Any) -> Any:
        x = w["embedding"][tokens] + w["positions"][positions]
        seen = np.arange(slots) <= positions[:, None]
        for n in range(blocks):
            h = norm(x, f"{n}_norm_1")
            q, k, v = (
                split(h @ w[f"{n}_query"]),
                split(h @ w[f"{n}_key"]),
                split(h @ w[f"{n}_value"]),
            )
            keys[n][:, :, positions] = k
            values[n][:, :, positions] = v
            scores = q @ keys[n].swapaxes(-1, -2) * depth**-0.5
            scores = np.where(seen, scores, -np.inf)
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            attended = scores / scores.sum(-1, keepdims=True) @ values[n]
            merged = attended.transpose(0, 2, 1, 3).reshape(many, -1, width)
            x = x + merged @ w[f"{n}_project"] + w[f"{n}_project_bias"]
            h = norm(x, f"{n}_norm_2")
            h = h @ w[f"{n}_up"] + w[f"{n}_up_bias"]
            h = 0.5 * h * (1.0 + erf(h * 0.5**0.5).astype("float64"))
            x = x + h @ w[f"{n}_down"] + w[f"{n}_down_bias"]
        return norm(x[:, -1], "norm") @ w["head"]

    logits = read(prompts, np.arange(sizes["prompt"]))
    tokens, margins = [logits.argmax(-1)], [_margin(logits)]
    for position in range(sizes["prompt"], slots - 1):
        logits = read(tokens[-1][:, None], np.array([position]))
        tokens.append(logits.argmax(-1))
        margins.append(_margin(logits))
    return np.stack(tokens, 1), logits[:, None], np.stack(margins).min(0)


def _margin(logits: Any) -> Any:
    import numpy as np

    two = np.partition(logits, -2, -1)
    return two[..., -1] - two[..., -2]


def pytorch(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the decoding in PyTorch; what is compiled: reading the prompt, and reading a token."""
    import torch
    from torch.nn import functional

    w = weights
    width, heads, blocks = (sizes[n] for n in ("width", "heads", "blocks"))
    depth, slots = width // heads, sizes["prompt"] + sizes["tokens"]
    device = w["embedding"].device
    keys = [torch.zeros(heads * slots, depth, device=device) for _ in range(blocks)]
    values = [torch.zeros(heads * slots, depth, device=device) for _ in range(blocks)]
    first = torch.arange(sizes["prompt"], device=device)
    later = [torch.tensor([n], device=device) for n in range(sizes["prompt"], slots - 1)]
    every = torch.arange(slots, device=device)
    starts = torch.arange(heads, device=device)[:, None] * slots

    def norm(x: Any, name: str) -> Any:
        scale, shift = w[f"{name}_scale"], w[f"{name}_shift"]
        return functional.layer_norm(x, (width,), scale, shift, eps=EPSILON)

    def split(x: Any) -> Any:
        return x.reshape(-1, heads, depth).permute(1, 0, 2)

    def read(tokens: Any, positions: Any) -> Any:
        x = functional.embedding(tokens, w["embedding"])
        x = x + functional.embedding(positions, w["positions"])
        seen = every <= positions[:, None]
        rows = (starts + positions).reshape(-1)
        for n in range(blocks):
            h = norm(x, f"{n}_norm_1")
            q, k, v = (
                split(h @ w[f"{n}_query"]),
                split(h @ w[f"{n}_key"]),
                split(h @ w[f"{n}_value"]),
            )
            keys[n].index_copy_(0, rows, k.reshape(-1, depth))
            values[n].index_copy_(0, rows, v.reshape(-1, depth))
            k, v = keys[n].reshape(heads, slots, depth), values[n].reshape(heads, slots, depth)
            scores = torch.matmul(q, k.transpose(-1, -2)) * depth**-0.5
            scores = torch.where(seen, scores, float("-inf"))
            attended = torch.matmul(torch.softmax(scores, -1), v)
            merged = attended.permute(1, 0, 2).reshape(-1, width)
            x = x + merged @ w[f"{n}_project"] + w[f"{n}_project_bias"]
            h = norm(x, f"{n}_norm_2")
            h = functional.gelu(h @ w[f"{n}_up"] + w[f"{n}_up_bias"], approximate="none")
            x = x + h @ w[f"{n}_down"] + w[f"{n}_down_bias"]
        logits = norm(x[-1:], "norm") @ w["head"]
        return torch.argmax(logits, -1), logits

    def read_prompt(prompt: Any) -> Any:
        return read(prompt, first)

    def read_token(token: Any, position: Any) -> Any:
        return read(token, position)

    prefill, advance = build(read_prompt), build(read_token)

    def step(prompt: Any) -> Any:
        token, logits = prefill(prompt)
        written = [token]
        for position in later:
            token, logits = advance(token, position)
            written.append(token)
        return torch.cat(written), logits

    def fetch(token: Any) -> int:
        return int(token.item())

    return Program(step, figures=lambda ring: _figures(ring, prefill, advance, later, fetch))


def tensorflow(
    weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]
) -> Program:
    """Return the decoding in TensorFlow; what is compiled: as above."""
    import tensorflow as tf

    w = weights
    width, heads, blocks = (sizes[n] for n in ("width", "heads", "blocks"))
    depth, slots = width // heads, sizes["prompt"] + sizes["tokens"]
    zeros = tf.zeros((heads * slots, depth))
    keys = [tf.Variable(zeros, trainable=False) for _ in range(blocks)]
    values = [tf.Variable(zeros, trainable=False) for _ in range(blocks)]
    first = tf.range(sizes["prompt"], dtype=tf.int64)
    later = [tf.constant([n], tf.int64) for n in range(sizes["prompt"], slots - 1)]
    every = tf.range(slots, dtype=tf.int64)
    starts = tf.range(heads, dtype=tf.int64)[:, None] * slots

    def norm(x: Any, name: str) -> Any:
        scale, shift = w[f"{name}_scale"], w[f"{name}_shift"]
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return tf.nn.batch_normalization(x, mean, variance, shift, scale, EPSILON)

    def split(x: Any) -> Any:
        return tf.transpose(tf.reshape(x, (-1, heads, depth)), (1, 0, 2))

    def read(tokens: Any, positions: Any) -> Any:
        x = tf.nn.embedding_lookup(w["embedding"], tokens)
        x = x + tf.nn.embedding_lookup(w["positions"], positions)
        seen = every <= positions[:, None]
        rows = tf.reshape(starts + positions, (-1,))
        for n in range(blocks):
            h = norm(x, f"{n}_norm_1")
            q, k, v = (
                split(h @ w[f"{n}_query"]),
                split(h @ w[f"{n}_key"]),
                split(h @ w[f"{n}_value"]),
            )
            keys[n].scatter_update(tf.IndexedSlices(tf.reshape(k, (-1, depth)), rows))
            values[n].scatter_update(tf.IndexedSlices(tf.reshape(v, (-1, depth)), rows))
            k, v = (tf.reshape(cache[n], (heads, slots, depth)) for cache in (keys, values))
            scores = tf.matmul(q, k, transpose_b=True) * depth**-0.5
            scores = tf.where(seen, scores, float("-inf"))
            attended = tf.matmul(tf.nn.softmax(scores, -1), v)
            merged = tf.reshape(tf.transpose(attended, (1, 0, 2)), (-1, width))
            x = x + merged @ w[f"{n}_project"] + w[f"{n}_project_bias"]
            h = norm(x, f"{n}_norm_2")
            h = tf.nn.gelu(h @ w[f"{n}_up"] + w[f"{n}_up_bias"], approximate=False)
            x = x + h @ w[f"{n}_down"] + w[f"{n}_down_bias"]
        logits = norm(x[-1:], "norm") @ w["head"]
        return tf.argmax(logits, -1), logits

    def read_prompt(prompt: Any) -> Any:
        return read(prompt, first)

    def read_token(token: Any, position: Any) -> Any:
        return read(token, position)

    prefill, advance = build(read_prompt), build(read_token)

    def step(prompt: Any) -> Any:
        token, logits = prefill(prompt)
        written = [token]
        for position in later:
            token, logits = advance(token, position)
            written.append(token)
        return tf.concat(written, 0), logits

    def fetch(token: Any) -> int:
        return int(token.numpy()[0])

    return Program(step, figures=lambda ring: _figures(ring, prefill, advance, later, fetch))


def jax(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the decoding in JAX; what is compiled: as above, giving up the old cache."""
    import jax
    import jax.numpy as jnp

    width, heads, blocks = (sizes[n] for n in ("width", "heads", "blocks"))
    depth, slots = width // heads, sizes["prompt"] + sizes["tokens"]
    later = [jnp.array([n]) for n in range(sizes["prompt"], slots - 1)]

    def norm(w: dict[str, Any], x: Any, name: str) -> Any:
        mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        unit = (x - mean) / jnp.sqrt(variance + EPSILON)
        return unit * w[f"{name}_scale"] + w[f"{name}_shift"]

    def split(x: Any) -> Any:
        return x.reshape(-1, heads, depth).transpose(1, 0, 2)

    def read(w: dict[str, Any], caches: Any, tokens: Any, positions: Any) -> Any:
        keys, values = (list(cache) for cache in caches)
        x = w["embedding"][tokens] + w["positions"][positions]
        seen = jnp.arange(slots) <= positions[:, None]
        for n in range(blocks):
            h = norm(w, x, f"{n}_norm_1")
            q, k, v = (
                split(h @ w[f"{n}_query"]),
                split(h @ w[f"{n}_key"]),
                split(h @ w[f"{n}_value"]),
            )
            keys[n] = keys[n].at[:, positions].set(k)
            values[n] = values[n].at[:, positions].set(v)
            scores = jnp.matmul(q, keys[n].swapaxes(-1, -2)) * depth**-0.5
            scores = jnp.where(seen, scores, -jnp.inf)
            attended = jnp.matmul(jax.nn.softmax(scores, -1), values[n])
            merged = attended.transpose(1, 0, 2).reshape(-1, width)
            x = x + merged @ w[f"{n}_project"] + w[f"{n}_project_bias"]
            h = norm(w, x, f"{n}_norm_2")
            h = jax.nn.gelu(h @ w[f"{n}_up"] + w[f"{n}_up_bias"], approximate=False)
            x = x + h @ w[f"{n}_down"] + w[f"{n}_down_bias"]
        logits = norm(w, x[-1:], "norm") @ w["head"]
        return (keys, values), jnp.argmax(logits, -1), logits

    def read_prompt(w: dict[str, Any], caches: Any, prompt: Any) -> Any:
        return read(w, caches, prompt, jnp.arange(sizes["prompt"]))

    def read_token(w: dict[str, Any], caches: Any, token: Any, position: Any) -> Any:
        return read(w, caches, token, position)

    built_prompt = build(partial(jax.jit(read_prompt, donate_argnums=1), weights))
    built_token = build(partial(jax.jit(read_token, donate_argnums=1), weights))
    empty = [[jnp.zeros((heads, slots, depth)) for _ in range(blocks)] for _ in range(2)]
    caches = [tuple(empty)]

    def prefill(prompt: Any) -> Any:
        caches[0], token, logits = built_prompt(caches[0], prompt)
        return token, logits

    def advance(token: Any, position: Any) -> Any:
        caches[0], token, logits = built_token(caches[0], token, position)
        return token, logits

    def step(prompt: Any) -> Any:
        token, logits = prefill(prompt)
        written = [token]
        for position in later:
            token, logits = advance(token, position)
            written.append(token)
        return jnp.concatenate(written), logits

    def fetch(token: Any) -> int:
        return int(token[0])

    return Program(step, figures=lambda ring: _figures(ring, prefill, advance, later, fetch))


def _figures(
    ring: Ring,
    prefill: Callable[..., Any],
    advance: Callable[..., Any],
    later: list[Any],
    fetch: Callable[[Any], int],
) -> Figures:
    """Return the time to the first token, and that from one token to the next."""
    import statistics
    import time

    to_first, to_next = [], []
    for (prompt,) in ring:
        started = time.perf_counter()
        token, _ = prefill(prompt)
        fetch(token)
        begun = time.perf_counter()
        for position in later:
            token, _ = advance(token, position)
        fetch(token)
        to_next.append((time.perf_counter() - begun) / len(later))
        to_first.append(begun - started)
    return {
        "first-token": (statistics.median(to_first), "s"),
        "next-token": (statistics.median(to_next), "s"),
    }
