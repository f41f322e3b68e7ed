"""Who uses, or moved to, what."""

from __future__ import annotations

from typing import Literal

from .common import Basis, Date, Entry, Id


class Adopter(Entry, frozen=True, kw_only=True):
    """One documented use or move by an organisation or a project."""

    name: str
    what: str
    uses: tuple[Id, ...]
    moved_from: tuple[Id, ...] = ()
    since: Date | None = None
    basis: Basis
    standing: Literal["current", "past", "unknown"]
    note: str = ""
