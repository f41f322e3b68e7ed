"""Where one has been in the knowledge base: places, and the way back and forward between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Page = Literal["entry", "search", "compare", "claims", "api", "learn"]

Filter = Literal["verdicts", "seeds", "topics"]

CLASSIC = ("pytorch", "tensorflow")
"""The options that are compared before others are chosen."""


@dataclass(frozen=True)
class Place:
    """A page and all that decides what it shows; pointer and scroll are where one was on it."""

    page: Page
    target: str = ""
    query: str = ""
    kinds: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    options: tuple[str, ...] = CLASSIC
    topics: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    testable: bool = False
    contradicted: bool = False
    chosen: str = ""
    turned: bool = False
    pointer: int | None = None
    scroll: int = 0

    def filtered(self, what: Filter, names: tuple[str, ...]) -> Place:
        """Return the place with another filter."""
        if what == "verdicts":
            return replace(self, verdicts=names)
        return replace(self, seeds=names) if what == "seeds" else replace(self, topics=names)


class Trail:
    """Places before and after the one that is shown."""

    def __init__(self) -> None:
        """Begin anew."""
        self.past: list[Place] = []
        self.coming: list[Place] = []

    def leave(self, here: Place) -> None:
        """Go on to a new place: what was ahead is forgotten."""
        self.past.append(here)
        self.coming.clear()

    def back(self, here: Place) -> Place | None:
        """Return the place before this one; None at the beginning."""
        if not self.past:
            return None
        self.coming.append(here)
        return self.past.pop()

    def forward(self, here: Place) -> Place | None:
        """Return the place one came back from; None at the end."""
        if not self.coming:
            return None
        self.past.append(here)
        return self.coming.pop()


def place_of(link: str) -> Place:
    """Return where a row leads: to an entry, or with = to another page and what it shows."""
    name, _, what = link.partition(":")
    if name == "=kind":
        return Place("search", kinds=(what,))
    if name == "=compare":
        return Place("compare", topics=(what,) if what else ())
    if name == "=claims":
        return Place("claims", seeds=(what,) if what else ())
    if name == "=search":
        return Place("search")
    if name == "=api":
        return Place("api", query=what)
    if name == "=learn":
        return Place("learn", what)
    return Place("entry", link)
