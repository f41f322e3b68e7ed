"""Things that are said about the frameworks, and what became of them."""

from __future__ import annotations

from typing import Literal

from .common import Area, Entry, Id, Part
from .tested import ClaimTest

Verdict = Literal["holds", "outdated", "wrong", "depends", "unverifiable"]


class Place(Part, frozen=True):
    """Where a claim stands in a seed document: section and item of its index."""

    seed: Id
    section: str
    item: Id


class Claim(Entry, frozen=True):
    """One statement that is made in public, judged and dated.

    `tested_by` names the workload that comes nearest to it, `test` what would bear it out there,
    or what is missing for that.
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
    test: ClaimTest | None = None
    area: Area = "ecosystem"

    @property
    def testable(self) -> bool:
        """Say whether a measurement on the user's machine can bear on it."""
        return self.tested_by is not None and (self.test is None or self.test.possible)
