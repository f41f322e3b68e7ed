"""The one gate between what steps read and what everybody else sees.

Names, messages and numbers come from devices, drivers, firmware tables and other users' processes.
Every step goes through here, so that no step can forget it: no control characters, nothing
longer than a screen, no number that JSON cannot hold. Must know nothing of any fact but its unit.
"""

from __future__ import annotations

import math
from typing import Any

from msgspec.structs import replace

from probes.evidence import Reading, Value, unknown
from probes.machine.plausible import LARGEST_BYTES
from probes.plain_text import clean_line, clean_text

_TEXT, _DETAIL = 300, 1000
_ITEMS, _DEPTH = 512, 6
_LARGEST = (1 << 63) - 1


def sanitise(name: str, reading: Reading) -> Reading:
    """Return the reading with every text and number in bounds; an impossible number is unknown."""
    source, detail = plain(reading.source), clean_text(_encodable(reading.detail), _DETAIL)
    if not reading.available:
        return replace(reading, value=None, source=source, detail=detail)
    value = _bounded(reading.value, name, _DEPTH)
    if value is None:
        return unknown(source, "the value that was read is not plausible")
    return replace(reading, value=value, source=source, detail=detail)


def plain(text: str) -> str:
    """Return one line of harmless text that can be stored as UTF-8."""
    return clean_line(_encodable(text), _TEXT)


def _encodable(text: str) -> str:
    """Replace lone surrogates, which file names and variables may carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _bounded(value: Value, name: str, depth: int) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value if _possible(value, name) else None
    if depth == 0:
        return None
    if isinstance(value, list):
        return [_bounded(item, name, depth - 1) for item in value[:_ITEMS]]
    if isinstance(value, dict):
        entries = list(value.items())[:_ITEMS]
        return {plain(str(key)): _bounded(item, str(key), depth - 1) for key, item in entries}
    return plain(str(value))


def _possible(value: int | float, name: str) -> bool:
    if not math.isfinite(value) or abs(value) > _LARGEST:
        return False
    return not name.endswith("bytes") or 0 <= value <= LARGEST_BYTES
