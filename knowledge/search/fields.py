"""What of an entry is searched, and how much a hit there counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

NAMES = {
    "name": 1.0,
    "title": 1.0,
    "alias": 0.95,
    "id": 0.8,
    "package": 0.6,
}
"""Fields that name an entry: spelt with or without spaces, in parts, and as a whole."""

SENTENCES = {
    "claim": 0.75,
    "asks": 0.45,
    "topic": 0.45,
    "roles": 0.4,
    "what": 0.4,
    "means": 0.35,
    "ask": 0.35,
    "choices": 0.3,
    "text": 0.25,
    "says": 0.25,
    "today": 0.22,
    "reason": 0.22,
    "why": 0.22,
    "statements": 0.22,
    "mechanism": 0.2,
    "history": 0.15,
    "note": 0.15,
    "serves": 0.12,
    "find_out": 0.12,
    "caveat": 0.12,
    "method": 0.12,
    "content": 0.12,
}
"""Everything else; a field that is not named here counts as "content"."""

LABELS = (*NAMES, *SENTENCES)
"""Field numbers of the index are places in this tuple."""

SILENT = frozenset(
    re.findall(
        r"\w+",
        "id as_of sources basis grade status_basis successor_basis url accessed published reading "
        "order priority area kind group related because about contradicts successors places when "
        "applies items sections fact supported successor option filled_by change check",
    )
)
"""Fields that hold names of other entries, dates or numbers rather than words."""

KINDS = {
    "option": 1.3,
    "system": 1.15,
    "feature": 1.3,
    "term": 1.1,
    "use-case": 1.1,
    "claim": 0.8,
    "figure": 0.95,
    "adopter": 0.9,
    "api": 0.6,
    "gotcha": 1.0,
    "pattern": 1.0,
    "path": 1.0,
    "step": 0.8,
    "question": 0.8,
    "criterion": 0.85,
    "rule": 0.5,
    "pick": 0.4,
    "seed": 0.4,
    "source": 0.35,
}
"""How likely a person means an entry of this kind."""


def names_of(entry: Any) -> Iterator[tuple[str, str]]:
    """Yield the names of an entry with the field they stand in."""
    yield "id", entry.id
    for field in ("name", "title"):
        if hasattr(entry, field):
            name = str(getattr(entry, field))
            yield field, name
            # A name often carries an explanation in brackets.
            if "(" in name:
                yield field, name[: name.index("(")]
    for alias in getattr(entry, "aliases", ()):
        yield "alias", alias
    package = getattr(entry, "package", None)
    if package:
        yield "package", package.removeprefix("pkg:").partition("/")[2].partition("@")[0]


def sentences_of(entry: Any) -> Iterator[tuple[str, str]]:
    """Yield every other text of an entry with the field it stands in."""
    for field in entry.__struct_fields__:
        if field in SILENT or field in NAMES or field == "aliases":
            continue
        label = field if field in SENTENCES else "content"
        for text in texts_in(getattr(entry, field)):
            yield label, text


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts in a value and in its parts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            if field not in SILENT:
                yield from texts_in(getattr(value, field))
