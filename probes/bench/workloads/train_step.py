"""One step of training a small language model: forward, backward, AdamW written by hand.

Embedding, two pre-norm transformer blocks without biases, a head tied to the embedding, cross
entropy. The implementations follow each other line by line; the NumPy one has its backward pass by
hand. Nobody calls an optimiser of a framework: their defaults differ (epsilon, decay, what the
decay is coupled to). Each step changes the weights; the gate starts again from those in the file
and compares the losses of five steps, how far the weights moved, and the gradients of the first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from probes.bench.program import Program, Ring

TITLE = "Training step of a small transformer"
METRIC = "tokens/s"
BLOCKS = 2
# The losses; how far the weights moved; the gradient of every weight. Adam moves a weight by the
# sign of its gradient: where that is nothing but rounding, a weight may move the other way.
TOLERANCE = (1e-3, 5e-3, 1e-3)
GRADIENTS = True
BUILDS = True
STAYS = True
CALL_SECONDS = {"tensorflow/eager": 0.1}
COMPILE_SECONDS = {
    "pytorch/compile": 1.2,
    "tensorflow/function": 1.4,
    "tensorflow/function-xla": 2.8,
}
COLD_SECONDS = {"pytorch/compile": 20.0}

NORM_EPSILON = 1e-5
LEARNING_RATE = 1e-3
BETA_1 = 0.9
BETA_2 = 0.999
ADAM_EPSILON = 1e-8
DECAY = 0.1
STEPS = 5

_MODEL = {"length": 64, "width": 128, "heads": 4, "vocabulary": 2048}
CASES = {
    "batch-1": {"batch": 1} | _MODEL,
    "batch-4": {"batch": 4} | _MODEL,
    "batch-8": {"batch": 8} | _MODEL,
}
EFFORTS = {
    "quick": ("batch-4",),
    "standard": ("batch-1", "batch-4", "batch-8"),
    "thorough": ("batch-1", "batch-4", "batch-8"),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    return (
        f"batch {sizes['batch']} of {sizes['length']} tokens, {BLOCKS} blocks of width "
        f"{sizes['width']}, {sizes['heads']} heads, vocabulary {sizes['vocabulary']}, float32"
    )


def work(sizes: dict[str, int]) -> float:
    """Return the tokens of one step."""
    return float(sizes["batch"] * sizes["length"])


def arithmetic(sizes: dict[str, int]) -> float:
    """Return the matrix products of one step in 10⁹ operations: forward, and twice as many back."""
    width, tokens = sizes["width"], sizes["batch"] * sizes["length"]
    block = 12 * width * width + 2 * sizes["length"] * width
    return 3 * 2.0 * tokens * (BLOCKS * block + sizes["vocabulary"] * width) / 1e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the texts, one token longer than what is read, and the weights."""
    width, hidden = sizes["width"], 4 * sizes["width"]

    def normal(*shape: int) -> Any:
        return generator.standard_normal(shape, dtype="float32")

    def dense(inputs: int, outputs: int) -> Any:
        return normal(inputs, outputs) * (inputs**-0.5)

    # Confident from the start: then gradients span many orders of magnitude, and what Adam's
    # epsilon does to the small ones shows.
    weights = {
        "embedding": 3.0 * dense(width, sizes["vocabulary"]).T.copy(),
        "positions": 0.1 * normal(sizes["length"], width),
        "norm": 1.0 + 0.1 * normal(width),
    }
    for n in range(BLOCKS):
        weights |= {
            f"{n}_norm_1": 1.0 + 0.1 * normal(width),
            f"{n}_query": dense(width, width),
            f"{n}_key": dense(width, width),
            f"{n}_value": dense(width, width),
            f"{n}_project": dense(width, width),
            f"{n}_norm_2": 1.0 + 0.1 * normal(width),
            f"{n}_up": dense(width, hidden),
            f"{n}_down": dense(hidden, width),
        }
    shape = (4, sizes["batch"], sizes["length"] + 1)
    return [generator.integers(0, sizes["vocabulary"], shape)], weights


def references(weights: dict[str, Any], sizes: dict[str, int], ring: Any) -> list[Any]:
    """Return the losses of five steps, how far the weights moved, and the first gradients."""
    import numpy as np

    w = {name: array.astype("float64") for name, array in weights.items()}
    mean = {name: np.zeros_like(array) for name, array in w.items()}
    square = {name: np.zeros_like(array) for name, array in w.items()}
    losses: list[float] = []
    first: dict[str, Any] = {}
    for step in range(STEPS):
        loss, gradients = loss_and_gradients(w, sizes, ring[step % len(ring)])
        losses.append(loss)
        first = first or gradients
        count = step + 1.0
        for name, g in gradients.items():
            mean[name] = BETA_1 * mean[name] + (1.0 - BETA_1) * g
            square[name] = BETA_2 * square[name] + (1.0 - BETA_2) * g * g
            m = mean[name] / (1.0 - BETA_1**count)
            s = square[name] / (1.0 - BETA_2**count)
            change = m / (np.sqrt(s) + ADAM_EPSILON) + DECAY * w[name]
            w[name] = w[name] - LEARNING_RATE * change
    names = sorted(weights)
    moved = [(w[name] - weights[name].astype("float64")).ravel() for name in names]
    return [[np.array(losses), np.concatenate(moved), *(first[name] for name in names)]]


def loss_and_gradients(
    w: dict[str, Any], sizes: dict[str, int], tokens: Any
) -> tuple[float, dict[str, Any]]:
    """Return the loss and its gradients in float64: every step forward keeps its step back."""
    import math

    import numpy as np

    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads
    allowed: Any = np.tril(np.ones((length, length), dtype=bool))
    erf = np.frompyfunc(math.erf, 1, 1)
    gradients = {name: np.zeros_like(array) for name, array in w.items()}
    way_back: list[Callable[[Any], Any]] = []

    def norm(x: Any, name: str) -> tuple[Any, Callable[[Any], Any]]:
        deviation = np.sqrt(x.var(-1, keepdims=True) + NORM_EPSILON)
        unit = (x - x.mean(-1, keepdims=True)) / deviation

        def back(d: Any) -> Any:
            gradients[name] += (d * unit).sum((0, 1))
            d = d * w[name]
            along = (d * unit).mean(-1, keepdims=True)
            return (d - d.mean(-1, keepdims=True) - unit * along) / deviation

        return unit * w[name], back

    def dense(x: Any, name: str) -> tuple[Any, Callable[[Any], Any]]:
        def back(d: Any) -> Any:
            rows = x.reshape(-1, x.shape[-1])
            gradients[name] += rows.T @ d.reshape(-1, d.shape[-1])
            return d @ w[name].T

        return x @ w[name], back

    def split(x: Any) -> Any:
        return x.reshape(batch, length, heads, depth).transpose(0, 2, 1, 3)

    def merge(x: Any) -> Any:
        return x.transpose(0, 2, 1, 3).reshape(batch, length, width)

    def attend(x: Any, n: str) -> tuple[Any, Callable[[Any], Any]]:
        (q, to_q), (k, to_k), (v, to_v) = (dense(x, f"{n}_{p}") for p in ("query", "key", "value"))
        q, k, v = split(q), split(k), split(v)
        scores = q @ k.swapaxes(-1, -2) * depth**-0.5
        scores = np.where(allowed, scores, -np.inf)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        shares = scores / scores.sum(-1, keepdims=True)

        def back(d: Any) -> Any:
            d = split(d)
            to_shares = d @ v.swapaxes(-1, -2)
            along = (to_shares * shares).sum(-1, keepdims=True)
            to_scores = shares * (to_shares - along) * depth**-0.5
            back_q = to_q(merge(to_scores @ k))
            back_k = to_k(merge(to_scores.swapaxes(-1, -2) @ q))
            return back_q + back_k + to_v(merge(shares.swapaxes(-1, -2) @ d))

        return merge(shares @ v), back

    def gelu(x: Any, name: str) -> tuple[Any, Callable[[Any], Any]]:
        below = 0.5 * (1.0 + erf(x * 0.5**0.5).astype("float64"))  # the normal distribution
        density = np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
        return x * below, lambda d: d * (below + x * density)

    def branch(x: Any, *parts: tuple[Callable[..., Any], str]) -> Any:
        """Return x plus what the parts make of it, one after the other."""
        h, backs = x, []
        for part, name in parts:
            h, back = part(h, name)
            backs.append(back)

        def branch_back(d: Any) -> Any:
            straight = d
            for back in reversed(backs):
                d = back(d)
            return straight + d

        way_back.append(branch_back)
        return x + h

    read, expected = tokens[:, :-1], tokens[:, 1:]
    x = w["embedding"][read] + w["positions"]
    for n in range(BLOCKS):
        x = branch(x, (norm, f"{n}_norm_1"), (attend, f"{n}"), (dense, f"{n}_project"))
        up, down = f"{n}_up", f"{n}_down"
        x = branch(x, (norm, f"{n}_norm_2"), (dense, up), (gelu, ""), (dense, down))
    x, norm_back = norm(x, "norm")
    logits = x @ w["embedding"].T
    logits = logits - logits.max(-1, keepdims=True)
    chances = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    chosen = np.take_along_axis(chances, expected[..., None], -1)

    d = chances.copy()
    np.put_along_axis(d, expected[..., None], chosen - 1.0, -1)
    d = d / expected.size
    gradients["embedding"] += np.einsum("btv,btw->vw", d, x, optimize=True)
    d = norm_back(d @ w["embedding"])
    for back in reversed(way_back):
        d = back(d)
    np.add.at(gradients["embedding"], read, d)
    gradients["positions"] += d.sum(0)
    return float(-np.log(chosen).mean()), gradients


def pytorch(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the step in PyTorch; what is compiled: forward with its backward, and the update."""
    import torch
    from torch.nn import functional

    names = sorted(weights)
    w = {name: weights[name].clone().requires_grad_() for name in names}
    mean = {name: torch.zeros_like(weights[name]) for name in names}
    square = {name: torch.zeros_like(weights[name]) for name in names}
    count = torch.zeros((), device=weights["embedding"].device)
    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads
    allowed = torch.ones(length, length, dtype=torch.bool, device=count.device).tril()

    def norm(x: Any, name: str) -> Any:
        return functional.layer_norm(x, (width,), w[name], None, eps=NORM_EPSILON)

    def split(x: Any) -> Any:
        return x.reshape(batch, length, heads, depth).permute(0, 2, 1, 3)

    def loss_of(tokens: Any) -> Any:
        read, expected = tokens[:, :-1], tokens[:, 1:]
        x = functional.embedding(read, w["embedding"]) + w["positions"]
        for n in range(BLOCKS):
            h = norm(x, f"{n}_norm_1")
            q, k, v = (
                split(h @ w[f"{n}_query"]),
                split(h @ w[f"{n}_key"]),
                split(h @ w[f"{n}_value"]),
            )
            scores = torch.matmul(q, k.transpose(-1, -2)) * depth**-0.5
            scores = torch.where(allowed, scores, float("-inf"))
            attended = torch.matmul(torch.softmax(scores, -1), v)
            merged = attended.permute(0, 2, 1, 3).reshape(batch, length, width)
            x = x + merged @ w[f"{n}_project"]
            h = norm(x, f"{n}_norm_2")
            h = functional.gelu(h @ w[f"{n}_up"], approximate="none")
            x = x + h @ w[f"{n}_down"]
        logits = torch.matmul(norm(x, "norm"), w["embedding"].T)
        logits, expected = logits.reshape(batch * length, -1), expected.reshape(batch * length)
        return functional.cross_entropy(logits, expected)

    def update(gradients: Any) -> None:
        count.add_(1.0)
        for name, g in zip(names, gradients, strict=True):
            mean[name].copy_(BETA_1 * mean[name] + (1.0 - BETA_1) * g)
            square[name].copy_(BETA_2 * square[name] + (1.0 - BETA_2) * g * g)
            m = mean[name] / (1.0 - BETA_1**count)
            s = square[name] / (1.0 - BETA_2**count)
            change = m / (torch.sqrt(s) + ADAM_EPSILON) + DECAY * w[name]
            w[name].copy_(w[name] - LEARNING_RATE * change)

    built_loss, built_update = build(loss_of), build(update)

    def step(tokens: Any) -> Any:
        loss = built_loss(tokens)
        gradients = torch.autograd.grad(loss, [w[name] for name in names])
        with torch.no_grad():
            built_update(gradients)
        return loss.detach()

    def restart() -> None:
        count.zero_()
        for name in names:
            w[name].data.copy_(weights[name])
            mean[name].zero_()
            square[name].zero_()

    def outputs(ring: Ring) -> list[Any]:
        restart()
        losses = [step(*ring[0])]
        # After one step Adam's mean is the gradient, but for a factor.
        first = [mean[name] / (1.0 - BETA_1) for name in names]
        losses += [step(*ring[n % len(ring)]) for n in range(1, STEPS)]
        moved = torch.cat([(w[name] - weights[name]).flatten() for name in names])
        return [[torch.stack(losses), moved, *first]]

    return Program(step, outputs=outputs)


def tensorflow(
    weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]
) -> Program:
    """Return the step in TensorFlow; what is compiled: tape and update in one function."""
    import tensorflow as tf

    names = sorted(weights)
    w = {name: tf.Variable(weights[name]) for name in names}
    mean = {name: tf.Variable(tf.zeros_like(weights[name]), trainable=False) for name in names}
    square = {name: tf.Variable(tf.zeros_like(weights[name]), trainable=False) for name in names}
    count = tf.Variable(0.0, trainable=False)
    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads
    allowed = tf.linalg.band_part(tf.ones((length, length)), -1, 0) > 0.0

    def norm(x: Any, name: str) -> Any:
        middle, variance = tf.nn.moments(x, [-1], keepdims=True)
        return tf.nn.batch_normalization(x, middle, variance, None, w[name], NORM_EPSILON)

    def split(x: Any) -> Any:
        return tf.transpose(tf.reshape(x, (batch, length, heads, depth)), (0, 2, 1, 3))

    def loss_of(tokens: Any) -> Any:
        read, expected = tokens[:, :-1], tokens[:, 1:]
        x = tf.nn.embedding_lookup(w["embedding"], read) + w["positions"]
        for n in range(BLOCKS):
            h = norm(x, f"{n}_norm_1")
            q, k, v = (
                split(h @ w[f"{n}_query"]),
                split(h @ w[f"{n}_key"]),
                split(h @ w[f"{n}_value"]),
            )
            scores = tf.matmul(q, k, transpose_b=True) * depth**-0.5
            scores = tf.where(allowed, scores, float("-inf"))
            attended = tf.matmul(tf.nn.softmax(scores, -1), v)
            merged = tf.reshape(tf.transpose(attended, (0, 2, 1, 3)), (batch, length, width))
            x = x + merged @ w[f"{n}_project"]
            h = norm(x, f"{n}_norm_2")
            h = tf.nn.gelu(h @ w[f"{n}_up"], approximate=False)
            x = x + h @ w[f"{n}_down"]
        rows = tf.reshape(norm(x, "norm"), (batch * length, width))
        logits, expected = (
            tf.matmul(rows, w["embedding"], transpose_b=True),
            tf.reshape(expected, (batch * length,)),
        )
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(expected, logits))

    def update(gradients: Any) -> None:
        count.assign_add(1.0)
        for name, g in zip(names, gradients, strict=True):
            g = tf.convert_to_tensor(g)  # that of the embedding comes as rows and their numbers
            mean[name].assign(BETA_1 * mean[name] + (1.0 - BETA_1) * g)
            square[name].assign(BETA_2 * square[name] + (1.0 - BETA_2) * g * g)
            m = mean[name] / (1.0 - BETA_1**count)
            s = square[name] / (1.0 - BETA_2**count)
            change = m / (tf.sqrt(s) + ADAM_EPSILON) + DECAY * w[name]
            w[name].assign(w[name] - LEARNING_RATE * change)

    def whole_step(tokens: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = loss_of(tokens)
        update(tape.gradient(loss, [w[name] for name in names]))
        return loss

    step = build(whole_step)

    def restart() -> None:
        count.assign(0.0)
        for name in names:
            w[name].assign(weights[name])
            mean[name].assign(tf.zeros_like(weights[name]))
            square[name].assign(tf.zeros_like(weights[name]))

    def outputs(ring: Ring) -> list[Any]:
        restart()
        losses = [step(*ring[0])]
        # After one step Adam's mean is the gradient, but for a factor.
        first = [mean[name] / (1.0 - BETA_1) for name in names]
        losses += [step(*ring[n % len(ring)]) for n in range(1, STEPS)]
        moved = tf.concat([tf.reshape(w[name] - weights[name], (-1,)) for name in names], 0)
        return [[tf.stack(losses), moved, *first]]

    return Program(step, outputs=outputs)


def jax(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the step in JAX; what is compiled: all of it, giving up the old state."""
    import jax
    import jax.numpy as jnp

    names = sorted(weights)
    batch, length, width, heads = (sizes[n] for n in ("batch", "length", "width", "heads"))
    depth = width // heads

    def split(x: Any) -> Any:
        return x.reshape(batch, length, heads, depth).transpose(0, 2, 1, 3)

    def loss_of(w: dict[str, Any], tokens: Any) -> Any:
        def norm(x: Any, name: str) -> Any:
            middle, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
            unit = (x - middle) / jnp.sqrt(variance + NORM_EPSILON)
            return unit * w[name]

        allowed = jnp.tril(jnp.ones((length, length), dtype=bool))
        read, expected = tokens[:, :-1], tokens[:, 1:]
        x = w["embedding"][read] + w["positions"]
        for n in range(BLOCKS):
            h = norm(x, f"{n}_norm_1")
            q, k, v = (
                split(h @ w[f"{n}_query"]),
                split(h @ w[f"{n}_key"]),
                split(h @ w[f"{n}_value"]),
            )
            scores = jnp.matmul(q, k.swapaxes(-1, -2)) * depth**-0.5
            scores = jnp.where(allowed, scores, -jnp.inf)
            attended = jnp.matmul(jax.nn.softmax(scores, -1), v)
            merged = attended.transpose(0, 2, 1, 3).reshape(batch, length, width)
            x = x + merged @ w[f"{n}_project"]
            h = norm(x, f"{n}_norm_2")
            h = jax.nn.gelu(h @ w[f"{n}_up"], approximate=False)
            x = x + h @ w[f"{n}_down"]
        chances = jax.nn.log_softmax(norm(x, "norm") @ w["embedding"].T)
        return -jnp.take_along_axis(chances, expected[..., None], -1).mean()

    def whole_step(state: Any, tokens: Any) -> Any:
        w, mean, square, count = state
        loss, gradients = jax.value_and_grad(loss_of)(w, tokens)
        count = count + 1.0
        for name in names:
            g = gradients[name]
            mean = mean | {name: BETA_1 * mean[name] + (1.0 - BETA_1) * g}
            square = square | {name: BETA_2 * square[name] + (1.0 - BETA_2) * g * g}
            m = mean[name] / (1.0 - BETA_1**count)
            s = square[name] / (1.0 - BETA_2**count)
            change = m / (jnp.sqrt(s) + ADAM_EPSILON) + DECAY * w[name]
            w = w | {name: w[name] - LEARNING_RATE * change}
        return (w, mean, square, count), loss

    def fresh() -> Any:
        zeros = [{name: jnp.zeros_like(weights[name]) for name in names} for _ in range(2)]
        return {name: jnp.array(weights[name]) for name in names}, *zeros, jnp.zeros(())

    built = build(jax.jit(whole_step, donate_argnums=0))
    states = [fresh()]

    def step(tokens: Any) -> Any:
        states[0], loss = built(states[0], tokens)
        return loss

    def outputs(ring: Ring) -> list[Any]:
        states[0] = fresh()
        losses = [step(*ring[0])]
        # After one step Adam's mean is the gradient, but for a factor.
        first = [states[0][1][name] / (1.0 - BETA_1) for name in names]
        losses += [step(*ring[n % len(ring)]) for n in range(1, STEPS)]
        w = states[0][0]
        moved = jnp.concatenate([(w[name] - weights[name]).ravel() for name in names])
        return [[jnp.stack(losses), moved, *first]]

    return Program(step, outputs=outputs)
