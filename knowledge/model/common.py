"""Words that several families of entries share: ids, dates, grades, and the base of every entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NewType, TypeAlias

import msgspec

if TYPE_CHECKING:
    Id: TypeAlias = str
    Date: TypeAlias = str
    Url: TypeAlias = str
else:
    # Names of their own, so that the validator can tell them from ordinary text.
    Id = NewType("Id", str)
    Date = NewType("Date", str)
    Url = NewType("Url", str)
"""Id: lower-case kebab name, unique in the whole knowledge base, never reused.
Date: ISO 8601 as a quoted string; day or month may be missing: "2026", "2026-03".
Url: an https/http address, or a package URL such as pkg:pypi/torch@2.13.0.
"""

Basis = Literal["documented", "measured", "reported", "judgement"]
"""How a statement is known: official words, a measurement, somebody's report, or our judgement."""

Grade = Literal["A", "B", "C", "D"]
"""Strength of evidence: A official and tested, B official, C reported, D opinion."""

Area = Literal["hardware", "ecosystem", "concept"]
"""How quickly a statement ages; decides when it is due for review."""

OptionId = Literal["pytorch", "tensorflow", "keras", "jax"]
"""A framework the adviser can choose."""

Triple = tuple[float, float, float]
"""Lowest, likeliest and highest value of an effect on the 0…1 scale of a criterion."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of an entry; it has no id of its own."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every entry has: an id that stays, and the day its content was last checked."""

    id: Id
    as_of: Date
    sources: tuple[Id, ...] = ()
