"""Readings in words a person reads: sizes, lists, and why something is not known."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.errors import shortened
from probes.evidence import Reading

LONGEST_LIST = 40
LONGEST = 600
"""Of one row; whatever a file says, a page stays one that a person reads."""


def short(text: str) -> str:
    """Return a text cut to what one row may hold."""
    return shortened(text, LONGEST)


def words_of(fact: str, reading: Reading) -> str:
    """Return a fact in words, with its reason code, and whether it was assumed."""
    code = f" [{reading.code}]" if reading.code else ""
    return f"{_plain(fact, reading)}{code}{assumed(reading)}"


def assumed(reading: Reading) -> str:
    """Return a remark for what was not observed."""
    return " (assumed)" if reading.source == "assumed" else ""


def size(number: object) -> str:
    """Return bytes in a unit that suits; nothing for what is no size."""
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < 1e30:
        return ""
    return f"{number / 2**30:.1f} GiB" if number >= 2**30 else f"{number / 2**20:.0f} MiB"


def listed(items: Iterable[object], most: int = LONGEST_LIST) -> str:
    """Return items in a row, and how many more there are."""
    known = [str(item) for item in items]
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(known[:most]) + more


def fields(row: object) -> str:
    """Return the telling fields of an object, in its own order."""
    if not isinstance(row, dict):
        return str(row)
    parts = []
    for key, value in row.items():
        if value is None or value == [] or isinstance(value, dict):
            continue
        if key.endswith("_bytes") and size(value):
            parts.append(f"{key.removesuffix('_bytes')} {size(value)}")
        else:
            parts.append(f"{key} {value}" if key != "name" else str(value))
    return ", ".join(parts)


def _plain(fact: str, reading: Reading) -> str:
    value = reading.value
    if not reading.available:
        return str(reading)
    if isinstance(value, list):
        return listed(value)
    if isinstance(value, dict):
        return fields(value)
    if fact.endswith("-bytes") and size(value):
        return size(value)
    return str(reading)
