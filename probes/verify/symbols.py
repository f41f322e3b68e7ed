"""Child: whether a fully qualified symbol is there, found the way code would find it."""

from __future__ import annotations

import importlib
from typing import Any


def resolve(root: Any, symbol: str, example: Any) -> bool:
    """Walk from the framework to the symbol by attributes, importing submodules where needed.

    ``example`` is a tensor: methods that only values have are looked for there.
    """
    _, *parts = symbol.split(".")
    if parts[:1] == ["Tensor"] and len(parts) == 2 and hasattr(example, parts[1]):
        return True
    found: Any = root
    path = root.__name__
    for part in parts:
        path += f".{part}"
        try:
            found = getattr(found, part)
        except AttributeError:
            try:
                found = importlib.import_module(path)
            except Exception:
                return False
        except Exception:
            # It is there, and says by an error that it is not to be used.
            return True
    return True
