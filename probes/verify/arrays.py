"""Child: from whatever code leaves behind to named NumPy arrays, with the dtype in words.

The word for a dtype is the same on both sides; plain Python values have none ("python").
"""

from __future__ import annotations

from typing import Any

SCALARS = (bool, int, float, complex, str, bytes)


def cotangent(shape: tuple[int, ...]) -> Any:
    """Return the fixed weights whose sum with an output is differentiated, the same everywhere."""
    import numpy as np

    size = int(np.prod(shape, dtype=int))
    return np.cos(0.7 + 1.3 * np.arange(size)).reshape(shape)


def named_arrays(name: str, value: Any, to_array: Any) -> dict[str, tuple[Any, str]]:
    """Return arrays and dtype words by name; a sequence of tensors becomes `name.0`, `name.1` …

    ``to_array`` turns a tensor of the framework into (array, word), or returns None.
    """
    found = to_array(value)
    if found is None:
        found = _plain(value)
    if found is not None:
        return {name: found}
    if isinstance(value, dict):
        items = [(str(key), value[key]) for key in sorted(value, key=str)]
    elif isinstance(value, (tuple, list)):
        items = [(str(place), item) for place, item in enumerate(value)]
    else:
        raise TypeError(f"{name} is a {type(value).__name__}, which cannot be compared")
    arrays: dict[str, tuple[Any, str]] = {}
    for label, item in items:
        arrays.update(named_arrays(f"{name}.{label}", item, to_array))
    return arrays


def _plain(value: Any) -> tuple[Any, str] | None:
    import numpy as np

    if value is None:
        return np.asarray("None"), "python"
    if isinstance(value, SCALARS):
        return _text(value), "python"
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype == object or array.dtype.kind in "SU":
            return _texts(array), "string"
        return array, str(array.dtype)
    if isinstance(value, (tuple, list)) and _flat(value):
        if None in value:
            return np.asarray([str(item) for item in value]), "python"
        return np.asarray([_text(item) for item in value]), "python"
    return None


def _flat(value: Any) -> bool:
    """Say whether a sequence holds plain Python values of one kind only (a shape, some words)."""
    kinds = {isinstance(item, (str, bytes)) for item in value}
    return len(kinds) < 2 and all(item is None or isinstance(item, SCALARS) for item in value)


def _text(value: Any) -> Any:
    import numpy as np

    return np.asarray(value.decode("utf-8", "replace") if isinstance(value, bytes) else value)


def _texts(array: Any) -> Any:
    import numpy as np

    words = [i.decode("utf-8", "replace") if isinstance(i, bytes) else str(i) for i in array.flat]
    return np.asarray(words, dtype=str).reshape(array.shape)
