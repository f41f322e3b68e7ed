"""The glossary."""

from __future__ import annotations

from .common import Entry, Id


class Term(Entry, frozen=True):
    """A word of the field in two or three plain sentences."""

    name: str
    means: str
    aliases: tuple[str, ...] = ()
    related: tuple[Id, ...] = ()
