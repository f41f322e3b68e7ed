"""What a chart consists of, whatever it is shown in."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Literal

from msgspec import Struct

from knowledge.text import printable

LONGEST_LABEL = 90


class Mark(Struct, frozen=True, kw_only=True):
    """One value with its words; `claimed`: said in a document, not measured.

    `points` are for curves: x and y, in order of x.
    """

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    words: str = ""
    claimed: bool = False
    points: tuple[tuple[float, float], ...] = ()


class Panel(Struct, frozen=True, kw_only=True):
    """Marks that share one axis, hence one unit.

    `intervals` stand on a logarithmic axis around `reference`, `bars` begin at zero, `curves` have
    a logarithmic height.
    """

    title: str
    axis: str
    kind: Literal["intervals", "bars", "curves"]
    marks: tuple[Mark, ...]
    reference: float | None = None
    band: float | None = None


class Chart(Struct, frozen=True, kw_only=True):
    """Panels under one title; the caption says what is seen and what is not.

    `beside`: the panels stand side by side where there is room.
    """

    id: str
    title: str
    caption: str
    panels: tuple[Panel, ...]
    beside: bool = False

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to draw."""
        return not any(panel.marks for panel in self.panels)


def label(text: str) -> str:
    """Return text from a document, harmless and of a bearable length."""
    words = printable(" ".join(text.split()))
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1] + "…"


def drawable(*values: float | None) -> bool:
    """Say whether all are positive numbers of a size that can be drawn."""
    return all(value is not None and isfinite(value) and 1e-15 < value < 1e15 for value in values)


def alternative(chart: Chart) -> str:
    """Return a chart in words, for those who do not see it."""
    parts = [chart.title + "."]
    for panel in chart.panels:
        values = "; ".join(_said(mark) for mark in panel.marks)
        parts.append(f"{panel.title} ({panel.axis}): {values}.")
    return " ".join([*parts, chart.caption])


def _said(mark: Mark) -> str:
    claimed = "claimed, " if mark.claimed else ""
    return f"{mark.label}: {claimed}{mark.words or 'not measured'}"


def extent(values: Sequence[float]) -> float:
    """Return the largest of values, or 1 without any."""
    return max(values, default=1.0) or 1.0
