"""Things that are said about the frameworks, and what became of them."""

from __future__ import annotations

from typing import Literal

from .common import Area, Entry, Id, Part

Verdict = Literal["holds", "outdated", "wrong", "depends", "unverifiable"]


class Place(Part, frozen=True):
    """Where a claim stands in a seed document: section and item of its index."""

    seed: Id
    section: str
    item: Id


class Claim(Entry, frozen=True):
    """One statement that is made in public, judged and dated.

    `tested_by` names a workload or check that puts it to the test on the user's machine.
    """

    claim: str
    topic: str
    verdict: Verdict
    reason: str
    today: str
    places: tuple[Place, ...] = ()
    contradicts: tuple[Id, ...] = ()
    about: tuple[Id, ...] = ()
    tested_by: str | None = None
    area: Area = "ecosystem"
