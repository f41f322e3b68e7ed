"""Runs one operation twice and reports both times, or the words of its failure.

The first run holds initialisation and, on some cards, compilation for the card; the difference to
the second is what the user waits for once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Emit = Callable[[dict[str, Any]], None]


def attempt(emit: Emit, stage: str, kind: str, name: str, run: Callable[[], None]) -> None:
    """Announce the operation (so that a crash can be placed), run it twice, emit the result."""
    line: dict[str, Any] = {"stage": stage, "kind": kind, "name": name}
    emit({**line, "state": "started"})
    try:
        started = time.perf_counter()
        run()
        middle = time.perf_counter()
        run()
        ended = time.perf_counter()
    except Exception as error:
        emit({**line, "state": "failed", "error": f"{type(error).__name__}: {error}"[:4000]})
        return
    emit({**line, "state": "ok", "seconds": middle - started, "again_seconds": ended - middle})
