"""An entry of a kind that has no page of its own: its fields as they are, code line by line."""

from __future__ import annotations

from typing import Any

import msgspec

from ..widgets.rows import MUTED, row
from ..wording import clean
from .pieces import Rows, section

ELSEWHERE = frozenset({"id", "name", "title", "claim", "as_of", "sources", "area", "order"})
"""Fields that every page shows in its head or foot."""


def plain(entry: msgspec.Struct) -> Rows:
    """Return the fields that say something."""
    rows: Rows = []
    for field in entry.__struct_fields__:
        if field not in ELSEWHERE:
            rows += section(_label(field), _value(getattr(entry, field)))
    return rows


def _value(value: Any) -> Rows:
    if value is None or value == () or value == {} or value == "":
        return []
    if isinstance(value, msgspec.Struct):
        value = {field: getattr(value, field) for field in value.__struct_fields__}
    if isinstance(value, dict):
        rows: Rows = []
        for key, item in value.items():
            inner = _value(item)
            if inner:
                rows += [(None, row("  ", (_label(str(key)), MUTED))), *inner]
        return rows
    if isinstance(value, tuple | list):
        return [shown for item in value for shown in _value(item)]
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return [(None, row("  ", clean(line.expandtabs(4)))) for line in str(value).split("\n") if line]


def _label(field: str) -> str:
    return clean(field.replace("_", " ").capitalize())
