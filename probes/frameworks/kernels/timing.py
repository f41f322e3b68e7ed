"""Runs one operation and reports its times, its result, or the words of its failure.

Of two runs, the first holds initialisation and, on some cards, compilation for the card; the
difference to the second is what the user waits for once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Emit = Callable[[dict[str, Any]], None]
TF32_PROBE = 1.0 + 2.0**-12
TF32_SIZE = 256
"""Length of the matrices; small ones may not be worth the matrix units."""
_WITH_TF32 = ("cuda", "rocm", "xpu")


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


def check_dtype(
    emit: Emit, kind: str, name: str, dtype: str, product: Callable[[], float], wanted: float
) -> None:
    """Run one small product in a number format; emit ok, or why not. Never ends the look."""
    line: dict[str, Any] = {"stage": "dtype", "kind": kind, "name": name, "dtype": dtype}
    emit({**line, "state": "started"})
    try:
        answer = product()
    except Exception as error:
        emit({**line, "state": "failed", "error": f"{type(error).__name__}: {error}"[:400]})
        return
    near = abs(answer - wanted) <= 0.05 * abs(wanted)
    words = {} if near else {"error": f"the product is {answer}, not {wanted}"}
    emit({**line, "state": "ok" if near else "failed", **words})


def check_tf32(
    emit: Emit, kind: str, name: str, product: Callable[[bool], float], wide: float = TF32_PROBE
) -> None:
    """Find out whether float32 products lose digits to TF32: by default, or once it is allowed.

    Args:
        emit: Takes the result: on, off (there, to be allowed), absent, or failed.
        kind: Of the device; only cards have TF32.
        name: Of the device.
        product: Multiplies matrices of `wide` by the unit matrix, with TF32 allowed or as it is;
            returns any element.
        wide: A number that TF32, with its ten bits, cannot hold.
    """
    line: dict[str, Any] = {"stage": "tf32", "kind": kind, "name": name}
    if kind not in _WITH_TF32:
        emit({**line, "state": "absent"})
        return
    emit({**line, "state": "started"})
    try:
        by_default, allowed = (abs(product(allow) - wide) > 2.0**-14 for allow in (False, True))
    except Exception as error:
        emit({**line, "state": "failed", "error": f"{type(error).__name__}: {error}"[:400]})
        return
    emit({**line, "state": "on" if by_default else "off" if allowed else "absent"})


def numbered(devices: list[tuple[str, str, Any]]) -> list[tuple[str, str, Any]]:
    """Give devices of one name a number, so that each keeps a result of its own."""
    seen: dict[tuple[str, str], int] = {}
    answer = []
    for kind, name, place in devices:
        count = seen[(kind, name)] = seen.get((kind, name), 0) + 1
        answer.append((kind, name if count == 1 else f"{name} ({count})", place))
    return answer
