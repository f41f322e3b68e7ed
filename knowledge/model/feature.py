"""Comparison topics: the same template for every option."""

from __future__ import annotations

from typing import Literal

from .common import Area, Basis, Date, Entry, Id, OptionId, Part

Support = Literal["yes", "no", "partial", "unknown"]


class Statement(Part, frozen=True):
    """What is so for one option; `partial` needs a note."""

    option: OptionId
    text: str
    basis: Basis
    as_of: Date
    supported: Support = "yes"
    sources: tuple[Id, ...] = ()
    note: str = ""


class Feature(Entry, frozen=True):
    """One topic of the comparison, why things are so, and what changed."""

    title: str
    topic: str
    asks: str
    statements: tuple[Statement, ...]
    mechanism: str
    history: str = ""
    related: tuple[Id, ...] = ()
    area: Area = "concept"
