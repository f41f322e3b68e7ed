"""Asks one question of NVML: an answer, or the number of its error; never an exception.

Old drivers lack functions, cards lack sensors, and text may be no UTF-8: each of these is one fact
that is not known, and must not cost the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

NOT_SUPPORTED = 3
_UNREADABLE = -1


class Answer(Struct, frozen=True):
    """What NVML returned, or the number of its error (``nvml.h``) with its words."""

    value: Any = None
    error: int = 0
    words: str = ""


def ask(module: Any, call: Callable[[], Any]) -> Answer:
    """Return the answer to one call."""
    try:
        return Answer(call())
    except module.NVMLError as error:
        return Answer(error=int(getattr(error, "value", 999)), words=str(error))
    except Exception as error:
        # pynvml lacks the function or finds the library too old, or cannot decode its text.
        return Answer(error=_UNREADABLE, words=f"{type(error).__name__}: {error}")
