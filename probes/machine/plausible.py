"""Bounds for numbers that come from devices, drivers and tools: an impossible one is no number.

A driver that answers "not available" as the largest integer, a negative memory, a temperature of
four billion degrees: each is worth less than an honest blank. Must hold no knowledge of vendors.
"""

from __future__ import annotations

from typing import Any

LARGEST_BYTES = 1 << 56  # 64 PiB: above any machine, below every "unknown" that drivers use
_MOST_DIGITS = 24


def whole(value: Any, lowest: int, highest: int) -> int | None:
    """Return a whole number (also one written as text) within the bounds, or ``None``."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        if len(text) > _MOST_DIGITS or not text.isascii() or not text.isdecimal():
            return None
        value = int(text)
    if not isinstance(value, int):
        return None
    return value if lowest <= value <= highest else None


def capacity(value: Any) -> int | None:
    """Return a size in bytes; nothing at all is not a size."""
    return whole(value, 1, LARGEST_BYTES)


def amount(value: Any) -> int | None:
    """Return how much of something is used or free, in bytes; may be zero."""
    return whole(value, 0, LARGEST_BYTES)


def temperature(value: Any) -> int | None:
    """Return degrees Celsius that a running card can have."""
    return whole(value, -40, 200)


def watts(value: Any, per_watt: int = 1000) -> float | None:
    """Return watts from milliwatts (or ``per_watt`` parts)."""
    parts = whole(value, 1, 100_000 * per_watt)
    return None if parts is None else round(parts / per_watt, 1)


def megahertz(value: Any) -> int | None:
    """Return a clock in megahertz."""
    return whole(value, 1, 100_000)
