"""How the options stand for one set of answers."""

from __future__ import annotations

from typing import Literal

import msgspec

from advisor.engine.verdict import Strength

Feasible = Literal["yes", "no", "depends"]


class Ranked(msgspec.Struct, frozen=True):
    """An option's place: score on fixed scales, and share of the uncertainty in which it leads."""

    option: str
    score: float
    support: float
    feasible: Feasible
    ruled_out_by: tuple[str, ...]


class Standing(msgspec.Struct, frozen=True):
    """Choice, strength and ranking: advice in short."""

    choice: str
    strength: Strength
    summary: str
    ranking: tuple[Ranked, ...]
