"""Two sets of answers side by side: part of `fw-advisor/advice` under `compared`."""

from __future__ import annotations

import msgspec

from advisor.facts.fact import Fact

from .standing import Standing

Value = bool | float | str | tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """A question the two answer differently; None: not answered.

    `moves`: what taking only this answer from the other side does to the margin of this side's
    first option over the other's. `decides`: it alone changes the choice.
    """

    question: str
    here: Value | None
    there: Value | None
    moves: float
    decides: bool


class Comparison(msgspec.Struct, frozen=True):
    """The other side, and what of the differences makes the difference, the strongest first."""

    name: str
    facts: tuple[Fact, ...]
    standing: Standing
    option: str
    against: str
    margin_here: float
    margin_there: float
    differences: tuple[Difference, ...]
    summary: str
