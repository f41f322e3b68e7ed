"""Takes out of a record what tells whose machine it is: names, home folders, identifiers.

Pure: the names to remove are handed in. Everything else stays, so the file still replays.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import convert, structs, to_builtins

from probes.doctor.record import Record

_IDENTIFIER = re.compile(
    r"\b(?:(?:GPU|MIG)-)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE
)
_HOME = re.compile(r"(/home/|/Users/|/root(?=/|\b)|[A-Za-z]:\\\\?Users\\\\?)([^/\\\s'\":,]*)")
_ADDRESS = re.compile(r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b", re.IGNORECASE)
_SHORTEST_NAME = 3


def redact(record: Record, names: tuple[str, ...] = ()) -> Record:
    """Return the record without identifiers, home folders and the given host and user names."""
    words = sorted({name for name in names if len(name) >= _SHORTEST_NAME}, key=len, reverse=True)
    named = re.compile("|".join(rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in words))
    cleaned = _walk(to_builtins(record), named if words else None)
    return structs.replace(convert(cleaned, Record), redacted=True)


def _walk(value: Any, named: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        return _clean(value, named)
    if isinstance(value, list):
        return [_walk(item, named) for item in value]
    if isinstance(value, dict):
        return {_clean(str(key), named): _walk(item, named) for key, item in value.items()}
    return value


def _clean(text: str, named: re.Pattern[str] | None) -> str:
    text = _IDENTIFIER.sub("<identifier>", text)
    text = _ADDRESS.sub("<address>", text)
    text = _HOME.sub(_home, text)
    return named.sub("<name>", text) if named else text


def _home(match: re.Match[str]) -> str:
    return "<home>" if match[1].startswith("/root") else f"{match[1]}<user>"
