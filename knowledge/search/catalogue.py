"""The table of contents: id, kind and title of every entry, so that one can be found alone."""

from __future__ import annotations

from typing import Any

import msgspec


class Row(msgspec.Struct, array_like=True, frozen=True):
    """One entry; `note` is its state in a word or two (a verdict, a life cycle), or empty."""

    id: str
    kind: str
    title: str
    note: str = ""


class Catalogue:
    """Rows in the order of kinds; an option comes before the system of the same id."""

    def __init__(self, rows: list[Row]) -> None:
        """Index the rows by id; the first of an id wins."""
        self.rows = rows
        self.positions: dict[str, int] = {}
        for position, row in enumerate(rows):
            self.positions.setdefault(row.id, position)

    def get(self, wanted: str) -> Row | None:
        """Return the row of an id."""
        position = self.positions.get(wanted)
        return None if position is None else self.rows[position]


NOTES = ("status", "verdict", "standing")


def rows_of(entries: dict[str, list[Any]]) -> list[Row]:
    """Return the row of every entry, kind by kind."""
    return [
        Row(entry.id, kind, title_of(entry, entries), note_of(entry))
        for kind, items in entries.items()
        for entry in items
    ]


def title_of(entry: Any, entries: dict[str, list[Any]] | None = None) -> str:
    """Return what an entry is called; the ones without a name by what they say."""
    for field in ("name", "title", "claim"):
        if hasattr(entry, field):
            return str(getattr(entry, field))
    if hasattr(entry, "role"):
        systems = (entries or {}).get("system", ())
        name = next((s.name for s in systems if s.id == entry.system), entry.system)
        return f"{entry.role}: {name}"
    return str(getattr(entry, "text", entry.id))


def note_of(entry: Any) -> str:
    """Return the state of an entry in a word, or an empty string."""
    if getattr(entry, "reading", "") == "relayed":
        return "relayed"
    return next((str(getattr(entry, field)) for field in NOTES if hasattr(entry, field)), "")
