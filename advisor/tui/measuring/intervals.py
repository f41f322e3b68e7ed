"""A comparison as a bar on a scale of ratios, and in words. Figures may come from anywhere."""

from __future__ import annotations

from math import isfinite, log2
from typing import NamedTuple, Protocol

from probes.bench.document import Verdict

from ..widgets.rows import MUTED, Part
from ..wording import brief, count
from .cells import far

WIDEST = 4.0
"""Ratio at the ends of an interval's bar."""
LONGEST_BAR, SHORTEST_BAR = 41, 17

COLOURS: dict[Verdict, str] = {
    "faster": "$text-success",
    "slower": "$text-warning",
    "equivalent": "$text-primary",
    "undecided": MUTED,
    "not-comparable": MUTED,
}


class Interval(Protocol):
    """A ratio with its 95 % interval."""

    @property
    def ratio(self) -> float | None:
        """First ÷ second."""

    @property
    def low(self) -> float | None:
        """Lower end of the 95 % interval."""

    @property
    def high(self) -> float | None:
        """Upper end."""


class Compared(Interval, Protocol):
    """What was compared: two arms of one run, or one arm in two runs."""

    @property
    def verdict(self) -> Verdict:
        """Said of the first."""

    @property
    def band(self) -> float:
        """Smallest relative difference that counts."""

    @property
    def blocks_needed(self) -> int | None:
        """Blocks in all that would decide it."""

    @property
    def note(self) -> str:
        """Why nothing is decided."""


class Ratio(NamedTuple):
    """Three numbers that can be drawn."""

    low: float
    middle: float
    high: float


def drawable(pair: Interval) -> Ratio | None:
    """Return the ratio with its interval if it can be drawn and said."""
    found = Ratio(pair.low or 0.0, pair.ratio or 0.0, pair.high or 0.0)
    sound = all(isfinite(one) and 1e-9 < one < 1e9 for one in found)
    return found if sound and found.low <= found.middle <= found.high else None


def length_for(width: int) -> int:
    """Return how long a bar is on a page of this width: odd, so that 1 is in the middle."""
    return max(SHORTEST_BAR, min(width - 49, LONGEST_BAR)) | 1


def interval_bar(pair: Interval, length: int) -> str:
    """Return an interval as a line on a logarithmic scale from 1/4 to 4, a bar at 1."""
    found = drawable(pair)
    if found is None:
        return ""
    low, middle, high = (_column(ratio, length) for ratio in found)
    drawn = ["·"] * length
    drawn[(length - 1) // 2] = "│"
    for column in range(low, high + 1):
        drawn[column] = "━"
    drawn[low], drawn[high], drawn[middle] = "├", "┤", "●"
    return "".join(drawn)


def sides(first: str, second: str) -> str:
    """Return what the two sides of the bars below mean."""
    return f"95 % intervals: left of │ {first} took less, right {second}"


def figures(pair: Interval) -> str:
    """Return the ratio with its interval."""
    found = drawable(pair)
    if found is None:
        return "no ratio"
    return f"{found.middle:.2f} ({found.low:.2f} to {found.high:.2f})"


def outcome(pair: Compared, first: str, second: str, *, memory: bool = False) -> Part:
    """Return the verdict in words, in its colour: which of the two takes less."""
    less = "needs less memory" if memory else "is faster"
    words = {
        "faster": f"{first} {less}",
        "slower": f"{second} {less}",
        "equivalent": "no difference that matters",
        "undecided": "undecided",
        "not-comparable": "not comparable",
    }
    return words[pair.verdict], f"bold {COLOURS[pair.verdict]}"


def reasons(pair: Compared) -> str:
    """Return why nothing is decided yet, and what would decide it."""
    said = [brief(pair.note, 200)] if pair.note else []
    if pair.verdict == "undecided" and pair.blocks_needed:
        said.append(f"about {count(pair.blocks_needed, 'block', 'blocks')} in all would decide")
    return "; ".join(said)


def band_words(pair: Compared) -> str:
    """Return how large a difference must be."""
    if not 0 <= pair.band < 1e6:
        return ""
    within = f"within ±{pair.band:.0%}" if pair.band < 1 else f"up to {far(pair.band)}"
    return f"; differences {within} do not count"


def _column(ratio: float, length: int) -> int:
    edge = log2(WIDEST)
    place = max(-edge, min(edge, log2(ratio)))
    return round((place + edge) / (2 * edge) * (length - 1))
