"""Finds which entry names which, by the types of fields; runs when the base is compiled."""

from __future__ import annotations

import types
import typing
from collections.abc import Hashable, Iterator
from functools import cache
from typing import Any

import msgspec

from ..model.common import Id, OptionId
from .catalogue import Row
from .links import FIELD_BITS, Links
from .packed import pack

NO_LINKS = frozenset({"id", "items", "priors", "sections"})
"""Fields whose ids name parts of the same entry."""


def links_of(rows: list[Row], entries: list[Any]) -> Links:
    """Return the links between entries given in the order of the catalogue."""
    positions: dict[str, int] = {}
    for position, row in enumerate(rows):
        positions.setdefault(row.id, position)
    fields: dict[str, int] = {}
    out: list[dict[int, None]] = []
    back: list[dict[int, None]] = [{} for _ in rows]
    for position, entry in enumerate(entries):
        named: dict[int, None] = {}
        for field, name in references(entry):
            target = positions.get(name)
            if target is None or rows[target].id == entry.id:
                continue
            number = fields.setdefault(field, len(fields))
            named[target << FIELD_BITS | number] = None
            back[target][position << FIELD_BITS | number] = None
        out.append(named)
    return Links(list(fields), pack(out), pack(back))


def references(entry: Any) -> Iterator[tuple[str, str]]:
    """Yield the field and the id of every entry that an entry names."""
    for field, hint in _hints(entry.__class__).items():
        if field not in NO_LINKS:
            for name in _ids(getattr(entry, field), hint):
                yield field, name
    for name in getattr(entry, "serves", ()):
        yield "serves", name


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(typing.cast(type, kind))


def _ids(value: Any, hint: Any) -> Iterator[str]:
    if hint is Id or hint == OptionId:
        if isinstance(value, str):
            yield value
        return
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        for option in arguments:
            yield from _ids(value, option)
    elif origin is tuple and isinstance(value, tuple):
        for item in value:
            yield from _ids(item, arguments[0])
    elif origin is dict and isinstance(value, dict):
        for key, item in value.items():
            yield from _ids(key, arguments[0])
            yield from _ids(item, arguments[1])
    elif isinstance(value, msgspec.Struct) and isinstance(hint, type):
        for field, inner in _hints(value.__class__).items():
            if field not in NO_LINKS:
                yield from _ids(getattr(value, field), inner)
