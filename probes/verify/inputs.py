"""Child: draws the inputs of every row with NumPy, so that both sides get the same bytes.

Each kind of input is there to tell candidates apart: ties, zeros, negative numbers, odd sizes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

WHOLE = ("integers", "range", "lengths-mask")


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Write one .npz per row of ``job["rows"]``; what cannot be drawn is a line with its words."""
    import numpy as np

    for row in job["rows"]:
        arrays: dict[str, Any] = {}
        try:
            for name, recipe in row["inputs"].items():
                arrays[name] = _draw(name, recipe)
        except Exception as error:
            emit({"row": row["row"], "error": f"{name}: {type(error).__name__}: {error}"})
            continue
        np.savez(Path(row["path"]), **arrays)
    emit({"versions": {"numpy": np.__version__}})


def _draw(name: str, recipe: dict[str, Any]) -> Any:
    import numpy as np

    kind = recipe.get("kind") or "normal"
    usual = "int64" if kind in WHOLE else "bool" if kind == "booleans" else "float32"
    dtype = recipe.get("dtype") or ""
    if recipe.get("values"):
        values = json.loads(recipe["values"])
        array = np.asarray(values)
        if array.dtype == object:
            raise ValueError("the values are no rectangle")
        if dtype:
            return array.astype(dtype)
        return array.astype("float32") if array.dtype == np.float64 else array
    shape = tuple(recipe.get("shape") or ())
    # A stream per input: a second one must not change the first.
    words = f"{name} {kind} {shape}".encode()
    generator = np.random.default_rng(zlib.crc32(words))
    drawn = _KINDS[kind](np, generator, shape, recipe.get("low"), recipe.get("high"))
    return np.asarray(drawn).astype(dtype or usual)


def _bounds(low: Any, high: Any, usual: tuple[float, float]) -> tuple[float, float]:
    return (usual[0] if low is None else low), (usual[1] if high is None else high)


def _normal(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    return g.standard_normal(shape)


def _uniform(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    return g.uniform(*_bounds(low, high, (-1.0, 1.0)), shape)


def _positive(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    return g.uniform(*_bounds(low, high, (0.1, 3.0)), shape)


def _integers(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    bottom, top = _bounds(low, high, (0, 10))
    return g.integers(int(bottom), int(top), shape)


def _ties(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    bottom, top = _bounds(low, high, (-2, 3))
    return g.integers(int(bottom), int(top), shape)


def _distinct(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    size = int(np.prod(shape))
    return ((g.permutation(size) - size // 2) * 0.25).reshape(shape)


def _some_zeros(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    return g.standard_normal(shape) * (g.random(shape) > 0.4)


def _probabilities(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    raised = np.exp(g.standard_normal(shape))
    return raised / raised.sum(-1, keepdims=True)


def _one_hot(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    return np.eye(shape[-1])[g.integers(0, shape[-1], shape[:-1])]


def _lengths_mask(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    lengths = g.integers(1, shape[-1] + 1, shape[:-1])
    return np.arange(shape[-1]) < lengths[..., None]


def _positive_definite(np: Any, g: Any, shape: Any, low: Any, high: Any) -> Any:
    root = g.standard_normal(shape)
    return root @ np.swapaxes(root, -1, -2) + shape[-1] * np.eye(shape[-1])


_KINDS: dict[str, Callable[..., Any]] = {
    "normal": _normal,
    "uniform": _uniform,
    "positive": _positive,
    "integers": _integers,
    "ties": _ties,
    "distinct": _distinct,
    "some-zeros": _some_zeros,
    "zeros": lambda np, g, shape, low, high: np.zeros(shape),
    "ones": lambda np, g, shape, low, high: np.ones(shape),
    "range": lambda np, g, shape, low, high: np.arange(int(np.prod(shape))).reshape(shape),
    "booleans": lambda np, g, shape, low, high: g.random(shape) > 0.5,
    "probabilities": _probabilities,
    "one-hot": _one_hot,
    "lengths-mask": _lengths_mask,
    "positive-definite": _positive_definite,
}
