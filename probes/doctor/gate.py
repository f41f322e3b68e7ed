"""The one gate for what a file says of another machine, as the look has one for its own.

A record of ours passes unchanged. In any other, texts lose what steers a terminal and what is
longer than a person reads, and numbers that no machine has become unknown.
"""

from __future__ import annotations

import math
from typing import Any

from msgspec import convert, structs, to_builtins

from probes.doctor.record import Record
from probes.frameworks.gathered import Gathered
from probes.machine.sanitise import plain, sanitise
from probes.plain_text import clean_text

_STDERR, _TEXT = 40_000, 4000
_LARGEST = (1 << 63) - 1


def harmless(record: Record) -> Record:
    """Return the record with every text and number in bounds."""
    return structs.replace(
        record,
        tool_version=plain(record.tool_version),
        created=plain(record.created),
        note=_text(record.note),
        sources=[plain(source) for source in record.sources],
        assumed={plain(fact): plain(value) for fact, value in record.assumed.items()},
        hardware={plain(fact): sanitise(fact, one) for fact, one in record.hardware.items()},
        environment={plain(name): plain(value) for name, value in record.environment.items()},
        frameworks=convert(_bounded(to_builtins(record.frameworks)), Gathered),
    )


def _bounded(value: Any, key: str = "") -> Any:
    if isinstance(value, str):
        return _text(value, _STDERR if key in ("stderr", "stray") else _TEXT)
    if isinstance(value, list):
        return [_bounded(item) for item in value]
    if isinstance(value, dict):
        return {_text(str(name)): _bounded(item, str(name)) for name, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        return None
    return value


def _text(text: str, limit: int = _TEXT) -> str:
    return clean_text(text.encode("utf-8", "replace").decode("utf-8"), limit)
