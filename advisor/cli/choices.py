"""Checks a value of a flag against what is valid: one line, with the nearest."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.errors import InputError
from knowledge.errors import nearest, shortened

MOST_NAMED = 30


def one_of(what: str, given: str, valid: Collection[str]) -> str:
    """Return `given` if it is valid; InputError names what would be, and the nearest."""
    word = given.strip().lower()
    if word in valid:
        return word
    named = f" (one of {', '.join(valid)})" if 0 < len(valid) <= MOST_NAMED else ""
    near = nearest(word, valid)
    hint = f"; did you mean {near!r}?" if near else ""
    raise InputError(f"{what}: unknown {shortened(given)!r}{named}{hint}")


def each_of(what: str, given: Iterable[str], valid: Collection[str]) -> tuple[str, ...]:
    """Return all values, each once; InputError for the first that is not valid."""
    return tuple(dict.fromkeys(one_of(what, word, valid) for word in given))
