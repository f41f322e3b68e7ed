"""Rows of a table: looking them up, and learning them, with dense and with sparse gradients.

``lookup`` only reads. ``dense`` and ``sparse`` also take the gradient of the rows, which is given,
back to the table, and take a step of gradient descent, so that no work is left undone. A dense
gradient is as large as the table, a sparse one holds the rows that were read (``sparse=True`` in
PyTorch, ``IndexedSlices`` in TensorFlow). ``torch.compile`` does not take sparse tensors (2.13),
which is a failed cell.

Ids are as frequent as words are, so many rows are read more than once and their gradients must be
summed. The table moves with every call; the gate starts again from the one in the file and compares
the rows of four steps, and how far the table moved.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from probes.bench.program import Program, Ring

TITLE = "Embedding table"
METRIC = "look-ups/s"
TOLERANCE = 1e-5
# Where nothing is learned, nothing asks for a gradient, so nothing is recorded.
GRADIENTS = True
BUILDS = True
COLD_SECONDS = {"pytorch/compile": 2.0}

RATE = 0.01

_20K = {"vocabulary": 20_000, "width": 64}
_200K = {"vocabulary": 200_000, "width": 64}
CASES = {
    "lookup-20k": {"tokens": 32_768, "learns": 0, "sparse": 0} | _20K,
    "dense-20k": {"tokens": 8_192, "learns": 1, "sparse": 0} | _20K,
    "sparse-20k": {"tokens": 8_192, "learns": 1, "sparse": 1} | _20K,
    "lookup-200k": {"tokens": 32_768, "learns": 0, "sparse": 0} | _200K,
    "dense-200k": {"tokens": 8_192, "learns": 1, "sparse": 0} | _200K,
    "sparse-200k": {"tokens": 8_192, "learns": 1, "sparse": 1} | _200K,
}
EFFORTS = {
    "quick": ("lookup-20k", "dense-20k"),
    "standard": ("lookup-20k", "dense-20k", "sparse-20k"),
    "thorough": tuple(CASES),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    how = "looked up"
    if sizes["learns"]:
        how = f"looked up and learned, {'sparse' if sizes['sparse'] else 'dense'} gradient"
    return (
        f"{sizes['tokens']} rows of {sizes['width']} out of {sizes['vocabulary']}, {how}, float32"
    )


def work(sizes: dict[str, int]) -> float:
    """Return the look-ups of one call."""
    return float(sizes["tokens"])


def traffic(sizes: dict[str, int]) -> float:
    """Return the least bytes of one call, in 10⁹.

    The rows are written, and their gradients read; a dense gradient and the whole table are written
    and read besides. Rows of the table that are read again and again may lie in a cache.
    """
    rows = sizes["tokens"]
    if sizes["learns"]:
        rows += sizes["tokens"] + (0 if sizes["sparse"] else 4 * sizes["vocabulary"])
    return 4.0 * rows * sizes["width"] / 1e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return ids and the gradients of their rows, with the ring of four in front, and the table."""
    vocabulary, width, tokens = (sizes[n] for n in ("vocabulary", "width", "tokens"))
    # The n-th word of a language is about 1/n times as frequent as the first.
    ranks = (float(vocabulary) ** generator.random((4, tokens))).astype("int64") - 1
    ids = generator.permutation(vocabulary)[ranks]
    table = 0.1 * generator.standard_normal((vocabulary, width), dtype="float32")
    if not sizes["learns"]:
        return [ids], {"table": table}
    return [ids, generator.standard_normal((4, tokens, width), dtype="float32")], {"table": table}


def references(
    weights: dict[str, Any], sizes: dict[str, int], ring: Any, gradients: Any = None
) -> list[Any]:
    """Compute in float64 with NumPy: the rows of four steps, and how far the table moved."""
    import numpy as np

    table = weights["table"].astype("float64")
    found = []
    for number, ids in enumerate(ring):
        found.append(table[ids])
        if sizes["learns"]:
            np.subtract.at(table, ids, RATE * gradients[number].astype("float64"))
    return [[*found, table - weights["table"]]] if sizes["learns"] else found


def pytorch(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the step in PyTorch; what is compiled: the look-up with its gradient, the update."""
    import torch
    from torch.nn import functional

    if not sizes["learns"]:
        return Program(build(lambda ids: functional.embedding(ids, weights["table"])))
    table = weights["table"].clone().requires_grad_()
    sparse = bool(sizes["sparse"])

    def look_up(ids: Any) -> Any:
        return functional.embedding(ids, table, sparse=sparse)

    def update(gradient: Any) -> None:
        table.sub_(RATE * gradient)

    built_look_up, built_update = build(look_up), build(update)

    def step(ids: Any, gradients: Any) -> Any:
        rows = built_look_up(ids)
        (gradient,) = torch.autograd.grad(rows, [table], [gradients])
        with torch.no_grad():
            built_update(gradient)
        return rows.detach()

    def restart() -> None:
        with torch.no_grad():
            table.copy_(weights["table"])

    def outputs(ring: Ring) -> list[Any]:
        restart()
        rows = [step(*inputs) for inputs in ring]
        return [[*rows, table.detach() - weights["table"]]]

    return Program(step, outputs=outputs)


def tensorflow(
    weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]
) -> Program:
    """Return the step in TensorFlow; what is compiled: tape and update in one function."""
    import tensorflow as tf

    if not sizes["learns"]:
        return Program(build(lambda ids: tf.nn.embedding_lookup(weights["table"], ids)))
    table = tf.Variable(weights["table"])
    sparse = bool(sizes["sparse"])

    def update(gradient: Any) -> None:
        if sparse:
            table.scatter_sub(tf.IndexedSlices(RATE * gradient.values, gradient.indices))
        else:
            table.assign_sub(RATE * tf.convert_to_tensor(gradient))

    def whole_step(ids: Any, gradients: Any) -> Any:
        with tf.GradientTape() as tape:
            rows = tf.nn.embedding_lookup(table, ids)
        update(tape.gradient(rows, table, output_gradients=gradients))
        return rows

    step = build(whole_step)

    def restart() -> None:
        table.assign(weights["table"])

    def outputs(ring: Ring) -> list[Any]:
        restart()
        rows = [step(*inputs) for inputs in ring]
        return [[*rows, table - weights["table"]]]

    return Program(step, outputs=outputs)


def jax(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the step in JAX; what is compiled: all of it, giving up the old table.

    JAX has no sparse gradients; whoever wants none of the table's size adds to the rows by hand.
    """
    import jax
    import jax.numpy as jnp

    def look_up(table: Any, ids: Any) -> Any:
        return table[ids]

    if not sizes["learns"]:
        return Program(build(partial(look_up, weights["table"])))

    def sparse_step(table: Any, ids: Any, gradients: Any) -> Any:
        return look_up(table, ids), table.at[ids].add(-RATE * gradients)

    def dense_step(table: Any, ids: Any, gradients: Any) -> Any:
        rows, back = jax.vjp(lambda table: look_up(table, ids), table)
        (gradient,) = back(gradients)
        return rows, table - RATE * gradient

    built = build(jax.jit(sparse_step if sizes["sparse"] else dense_step, donate_argnums=0))
    tables = [jnp.array(weights["table"])]

    def step(ids: Any, gradients: Any) -> Any:
        rows, tables[0] = built(tables[0], ids, gradients)
        return rows

    def outputs(ring: Ring) -> list[Any]:
        tables[0] = jnp.array(weights["table"])
        rows = [step(*inputs) for inputs in ring]
        return [[*rows, tables[0] - weights["table"]]]

    return Program(step, outputs=outputs)
