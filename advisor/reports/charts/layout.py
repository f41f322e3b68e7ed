"""From a chart to shapes with places. SVG and PNG are both made of these, so they look alike."""

from __future__ import annotations

from collections.abc import Sequence

from ..page import wrap
from .axis import Axis, background, shapes_of
from .curves import curves
from .drawing import (
    FOOT,
    LINE,
    MARGIN,
    Drawing,
    Shape,
    Words,
    wide_of,
)
from .model import Chart, Mark, Panel, alternative, drawable
from .scale import around, from_zero

WIDE, ROW, HEAD = 780.0, 24.0, 44.0
AREA, GAP = 300.0, 10.0
WIDE_BESIDE, NARROW_AREA = 960.0, 230.0


def draw(charts: Sequence[Chart]) -> Drawing:
    """Return the shapes of charts, one below the other."""
    shapes: list[Shape] = []
    y = MARGIN
    for chart in charts:
        made, y = _chart(chart, y)
        shapes += made
    return Drawing(
        id="-".join(chart.id for chart in charts),
        wide=WIDE_BESIDE if any(chart.beside for chart in charts) else WIDE,
        high=y + MARGIN,
        title="; ".join(chart.title for chart in charts),
        alternative=" ".join(alternative(chart) for chart in charts),
        shapes=tuple(shapes),
    )


def _chart(chart: Chart, y: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    y += 14
    for line in wrap(chart.title, round((WIDE - 2 * MARGIN) / 8)):
        shapes.append(Words(x=MARGIN, y=y, text=line, size=15, bold=True))
        y += 20
    panels = [panel for panel in chart.panels if panel.marks]
    end = y
    for place, panel in enumerate(panels):
        if chart.beside and len(panels) == 2:
            x = MARGIN + place * (WIDE_BESIDE - MARGIN) / 2
            made, below = _panel(panel, x, y, NARROW_AREA, stacked=True)
        else:
            made, below = _panel(panel, MARGIN, end, AREA, stacked=_too_long(panel.marks))
        shapes += made
        end = max(end, below)
    y = end
    for line in wrap(chart.caption, round((WIDE - 2 * MARGIN) / 5.6)):
        y += LINE
        shapes.append(Words(x=MARGIN, y=y, text=line, size=11))
    return shapes, y + 2 * MARGIN


def _panel(
    panel: Panel, x: float, y: float, area: float, *, stacked: bool
) -> tuple[list[Shape], float]:
    """Return the shapes of a panel; stacked: each label above its mark, to be narrower."""
    shapes: list[Shape] = [
        Words(x=x, y=y + 18, text=panel.title, size=13, bold=True),
        Words(x=x, y=y + 35, text=panel.axis, size=11),
    ]
    y += HEAD
    if panel.kind == "curves":
        made, y = curves(panel, y, area)
        return shapes + made, y
    labels = 0.0 if stacked else max(wide_of(mark.label) for mark in panel.marks)
    left = x if stacked else x + labels + GAP
    values = [v for m in panel.marks for v in (m.value, m.low, m.high) if v and drawable(v)]
    scale = (
        around(values, panel.reference or 1.0)
        if panel.kind == "intervals"
        else from_zero([*values, panel.reference or 0.0])
    )
    axis, row = Axis(scale, left, area), ROW + LINE if stacked else ROW
    bottom = y + row * len(panel.marks)
    shapes += background(panel, axis, y, bottom)
    for number, mark in enumerate(panel.marks):
        middle = y + row * (number + 1) - ROW / 2
        if stacked:
            shapes.append(Words(x=x, y=middle - LINE + 2, text=mark.label, size=11))
        else:
            shapes.append(Words(x=left - GAP, y=middle + 4, text=mark.label, anchor="end"))
        shapes.append(Words(x=left + area + GAP, y=middle + 4, text=mark.words, size=11))
        shapes += shapes_of(panel, mark, axis, middle)
    return shapes, bottom + FOOT


def _too_long(marks: Sequence[Mark]) -> bool:
    """Say whether labels, marks and words do not fit beside each other."""
    words = max(wide_of(mark.words, 11) for mark in marks)
    labels = max(wide_of(mark.label) for mark in marks)
    return labels + words + AREA + 2 * GAP > WIDE - 2 * MARGIN
