"""Child: whether a fully qualified symbol is there, found the way code would find it."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any


def resolve(root: Any, symbol: str, example: Any, *, imports: bool) -> bool:
    """Walk from the framework to the symbol by attributes, with `imports` to submodules as well.

    ``example`` is a tensor: methods that only values have are looked for there. What is imported is
    a submodule of the module that was found, never a module of the symbol's own spelling: an import
    can put another object in the place of the one that code without that import would meet.
    """
    _, *parts = symbol.split(".")
    if parts[:1] == ["Tensor"] and len(parts) == 2 and _has(example, parts[1]):
        return True
    found: Any = root
    for part in parts:
        try:
            found = getattr(found, part)
        except AttributeError:
            if not imports or not isinstance(found, ModuleType):
                return False
            try:
                found = importlib.import_module(f"{found.__name__}.{part}")
            except Exception:
                return False
        except Exception:
            # It is there, and says by an error that it is not to be used.
            return True
    return True


def _has(value: Any, name: str) -> bool:
    """Say whether a value has an attribute; one that raises for this very value is there."""
    try:
        getattr(value, name)
    except AttributeError:
        return False
    except Exception:
        return True
    return True
