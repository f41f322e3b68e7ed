"""A fact with its provenance, and the rule for which of two sources wins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

Origin = Literal["asked", "text", "flag", "file", "probe", "benchmark", "repository", "default"]

RANK: dict[str, int] = {
    "asked": 7,
    "flag": 6,
    "file": 5,
    "text": 4,
    "repository": 3,
    "probe": 2,
    "benchmark": 2,
    "default": 1,
}
"""Who wins: a person's word beats what a machine guessed."""


class Fact(msgspec.Struct, frozen=True):
    """One answer: a value, "dont-know" or "does-not-apply"; `said` is what it was read from."""

    id: str
    value: bool | float | str | tuple[str, ...]
    source: Origin
    said: str | None = None
    confidence: float = 1.0


class Ignored(msgspec.Struct, frozen=True):
    """Something that was said and not used, and why."""

    said: str
    why: str


def merge(facts: Iterable[Fact]) -> tuple[list[Fact], list[Ignored]]:
    """Return one fact per id, the highest-ranking source first to win; the rest is ignored."""
    kept: dict[str, Fact] = {}
    ignored = []
    for fact in facts:
        other = kept.get(fact.id)
        if other is None:
            kept[fact.id] = fact
            continue
        winner, loser = (fact, other) if RANK[fact.source] >= RANK[other.source] else (other, fact)
        kept[fact.id] = winner
        if loser.value != winner.value:
            ignored.append(
                Ignored(
                    f"{loser.id} = {shown(loser.value)} ({loser.source})",
                    f"{winner.source} says {shown(winner.value)}",
                )
            )
    return list(kept.values()), ignored


def shown(value: bool | float | str | tuple[str, ...]) -> str:
    """Return a value as one would type it after --set."""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else value
