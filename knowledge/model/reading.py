"""How facts are read out of ordinary English: groups of words, and patterns made of them.

A pattern is a line of words with a few signs: `<team>` is any phrase of the group `words-team`,
`a|b` is either, `word?` may be missing, `..` is a gap of a few words inside one clause, `#` is a
number, `#m` and `#b` are numbers of millions and billions ("350M", "7 billion").
"""

from __future__ import annotations

import msgspec

from .common import Entry, Id, Part


class Phrase(Entry, frozen=True):
    """Words and phrases that mean the same; `includes` names groups whose words belong, too.

    `names`: proper names, which people misspell. `shadows`: where its words stand together they
    mean nothing else ("train station").
    """

    words: tuple[str, ...] = ()
    includes: tuple[Id, ...] = ()
    names: bool = False
    shadows: bool = False


class Stretch(Part, frozen=True):
    """A stretch of numbers and the answer it stands for; `below` None means no end."""

    value: Id
    below: float | None = None


class Reading(Entry, frozen=True):
    """What some words say: `values` of `fact`; without a fact, why they are not used.

    `patterns` are taken as said; `perhaps` only in a text that is about machine learning, and
    with less confidence. `unless`: groups of words that forbid it in the same clause.
    `unless_values`: answers that, read elsewhere, say it more exactly. `given`: taken only where
    these facts were read with one of these answers. `negated`:
    what the same words say after "no". `times`: factor from a number read to the fact's unit;
    `stretches`: which answer a number stands for. `unites`: answers that together mean this one.
    """

    fact: Id | None = None
    values: tuple[Id, ...] = ()
    patterns: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    sure: float = 0.9
    unless: tuple[Id, ...] = ()
    unless_values: tuple[Id, ...] = ()
    given: dict[Id, tuple[Id, ...]] = msgspec.field(default_factory=dict)
    negated: tuple[Id, ...] = ()
    times: float = 0.0
    stretches: tuple[Stretch, ...] = ()
    unites: tuple[tuple[Id, ...], ...] = ()
    not_used: str = ""
