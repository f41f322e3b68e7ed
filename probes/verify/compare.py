"""Child: compares the arrays that both sides left, in double precision.

An error is |a − b| / max(1, |a|), the largest over all elements, where a is TensorFlow's value.
Text and truth values differ by 1 or by 0. Shape, dtype and the places of NaN and infinities are
compared as they are: they have no size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Compare every pair of ``job["pairs"]``: two files, the dtype words of both, declared ones."""
    for pair in job["pairs"]:
        try:
            emit({"pair": pair["pair"], **_compare(pair)})
        except Exception as error:
            words = f"cannot be compared: {type(error).__name__}: {error}"
            emit({"pair": pair["pair"], "problems": [["outputs", words]], "errors": {}})


def _compare(pair: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    with np.load(pair["first"], allow_pickle=False) as stored:
        first = {name: stored[name] for name in stored.files}
    with np.load(pair["second"], allow_pickle=False) as stored:
        second = {name: stored[name] for name in stored.files}
    problems: list[list[str]] = []
    errors: dict[str, float] = {"value": 0.0, "gradient": 0.0, "absolute": 0.0}
    if list(first) != list(second):
        words = f"TensorFlow leaves {', '.join(first)}; PyTorch {', '.join(second)}"
        return {"problems": [["outputs", words]], "errors": {}}
    for name, a in first.items():
        b, shown = second[name], _shown(name)
        words = _dtypes(name, pair)
        if words:
            problems.append(["dtype", words])
        if a.shape != b.shape:
            problems.append(["shape", f"{shown}: {list(a.shape)} against {list(b.shape)}"])
            continue
        relative, absolute, special = _error(a, b)
        if special:
            problems.append(["not-a-number", f"{shown}: {special}"])
        family = name.partition(".")[0]
        errors[family] = max(errors[family], relative)
        errors["absolute"] = max(errors["absolute"], absolute)
        limit = pair["tolerance"] if family == "value" else pair["gradient_tolerance"]
        if relative > limit:
            words = f"{shown}: differs by {relative:.3g}, more than {limit:g}"
            problems.append([family, words])
    return {"problems": problems, "errors": errors}


def _shown(name: str) -> str:
    family, _, rest = name.partition(".")
    return rest if family == "value" else f"gradient of {rest}"


def _dtypes(name: str, pair: dict[str, Any]) -> str:
    """Return what is wrong with the dtypes of an output, or an empty text."""
    family, _, rest = name.partition(".")
    first, second = pair["first_dtypes"][name], pair["second_dtypes"][name]
    declared = pair["dtypes"].get(rest) if family == "value" else None
    if declared is not None:
        if [first, second] != list(declared):
            return f"{rest}: {first} and {second}, declared {declared[0]} and {declared[1]}"
        return ""
    if "python" in (first, second) or first == second:
        return ""
    return f"{_shown(name)}: {first} against {second}"


def _error(a: Any, b: Any) -> tuple[float, float, str]:
    """Return the relative and the absolute error, and what differs among NaN and infinities."""
    import numpy as np

    if a.size == 0:
        return 0.0, 0.0, ""
    if a.dtype.kind in "US" or b.dtype.kind in "US":
        if a.dtype.kind != b.dtype.kind:
            return 1.0, 1.0, "text against numbers"
        return _unequal(a, b)
    if a.dtype.kind == "b" and b.dtype.kind == "b":
        return _unequal(a, b)
    if a.dtype.kind in "iub" and b.dtype.kind in "iub":
        # Whole numbers above 2**53 are told apart only as such.
        gaps = [abs(int(x) - int(y)) for x, y in zip(a.flat, b.flat, strict=True)]
        sizes = [max(1, abs(int(x))) for x in a.flat]
        relative = max(gap / size for gap, size in zip(gaps, sizes, strict=True))
        return float(relative), float(max(gaps)), ""
    wide = np.complex128 if "c" in (a.dtype.kind, b.dtype.kind) else np.float64
    first, second = a.astype(wide), b.astype(wide)
    if not np.array_equal(np.isnan(first), np.isnan(second)):
        return 0.0, 0.0, "NaN in other places"
    odd = ~np.isfinite(first) | ~np.isfinite(second)
    with np.errstate(invalid="ignore"):
        if not np.array_equal(first[odd], second[odd], equal_nan=True):
            return 0.0, 0.0, "infinite in other places"
    if odd.all():
        return 0.0, 0.0, ""
    gaps = np.abs(first - second)[~odd]
    scaled = gaps / np.maximum(1.0, np.abs(first[~odd]))
    return float(scaled.max()), float(gaps.max()), ""


def _unequal(a: Any, b: Any) -> tuple[float, float, str]:
    differs = float((a != b).any())
    return differs, differs, ""
