"""The word for how sure the answer is, by fixed rule."""

from __future__ import annotations

from typing import Literal

import msgspec

from .sampling import Support
from .what_if import Gain

Strength = Literal["certain", "clear", "leaning", "toss-up", "depends", "none"]

CERTAIN_SUPPORT = 0.95
CLEAR_SUPPORT = 0.80
CLEAR_REGRET = 0.02
LEANING_SUPPORT = 0.60
EVEN = (0.40, 0.60)
DECIDING_SHARE = 0.20
OPEN_VETO = 0.25
NOBODY = 0.5
"""Share of the sample without a feasible option from which "no framework" is the answer."""
MATERIAL = 0.06
"""Margin below which the first two are too close for a clear word, however sure the margin is."""


class Verdict(msgspec.Struct, frozen=True):
    """The choice (None: no option; "either": the best two are even), its strength, and on what
    question it depends."""

    choice: int | None
    even_with: int | None
    strength: Strength
    depends_on: str | None = None


def judge(
    leader: int | None,
    runner: int,
    support: Support | None,
    veto_chance: float,
    proven: bool,
    gains: list[Gain],
    margin: float = 1.0,
) -> Verdict:
    """Return the verdict on the leader over the runner-up.

    `proven`: bounds show that no open answer can change the leader. `veto_chance`: of the leader.
    `margin`: of its score over the runner-up's. A choice of None with another word than "none":
    in most of what is still uncertain no framework is needed.
    """
    if leader is None or support is None:
        return Verdict(None, None, "none")
    first = support.first[leader]
    if proven and first >= CERTAIN_SUPPORT:
        return Verdict(leader, None, "certain")
    deciding = _deciding(gains)
    if support.nobody > NOBODY:
        return _no_framework(support.nobody, deciding)
    if (
        veto_chance > 0 or support.nobody >= OPEN_VETO
    ) and veto_chance + support.nobody >= OPEN_VETO:
        return Verdict(leader, None, "depends" if deciding else "leaning", deciding)
    if first >= CLEAR_SUPPORT and support.regret <= CLEAR_REGRET and margin >= MATERIAL:
        return Verdict(leader, None, "clear")
    if first >= LEANING_SUPPORT:
        return Verdict(leader, None, "leaning")
    if deciding:
        return Verdict(leader, None, "depends", deciding)
    if EVEN[0] <= support.ahead[leader][runner] <= EVEN[1]:
        return Verdict(leader, runner, "toss-up")
    return Verdict(leader, None, "leaning")


def _no_framework(share: float, deciding: str | None) -> Verdict:
    if share >= CLEAR_SUPPORT:
        return Verdict(None, None, "clear")
    if share >= LEANING_SUPPORT or deciding is None:
        return Verdict(None, None, "leaning")
    return Verdict(None, None, "depends", deciding)


def _deciding(gains: list[Gain]) -> str | None:
    """Return the open question whose answers most clearly lead to different choices."""
    for gain in gains:
        if gain.changes >= DECIDING_SHARE and gain.gain > 0:
            return gain.question
    return None
