"""Charts as lines of text, with the values in words beside every mark.

A dozen characters on purpose, and no plotting library: what is drawn are rows with a label, a mark
and a value, which have to fit 60 columns, to be found again in a golden file, and to do without
block characters where a terminal has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from ..page import Line, cells, plain, title, wrap
from .model import Chart, Mark, Panel, drawable
from .scale import Scale, around, from_zero, over
from .signs import ASCII, BLOCKS, Signs, in_ascii

INDENT, GAP = "  ", "  "
LEAST_AREA, MOST_AREA, LEAST_BESIDE = 20, 60, 116


def chart_lines(chart: Chart, width: int, signs: Signs = BLOCKS) -> list[Line]:
    """Return the lines of a chart; none if it is empty."""
    if chart.empty:
        return []
    lines: list[Line] = ["", *(title(line) for line in wrap(chart.title, width))]
    lines += _panels([panel for panel in chart.panels if panel.marks], chart.beside, width, signs)
    lines += [(("faint", line),) for line in wrap(chart.caption, width, first=INDENT, rest=INDENT)]
    return lines if signs is not ASCII else [in_ascii(line) for line in lines]


def _panels(panels: Sequence[Panel], beside: bool, width: int, signs: Signs) -> list[Line]:
    if not beside or len(panels) != 2 or width < LEAST_BESIDE:
        return [line for panel in panels for line in _panel(panel, width, signs)]
    half = (width - len(GAP)) // 2
    left, right = (_panel(panel, half, signs) for panel in panels)
    return [
        (plain(one) + " " * (half + len(GAP) - cells(plain(one))) + plain(other)).rstrip()
        for one, other in zip_longest(left, right, fillvalue="")
    ]


def _panel(panel: Panel, width: int, signs: Signs) -> list[Line]:
    lines: list[Line] = [""]
    lines += [(("strong", line),) for line in wrap(panel.title, width, rest=INDENT)]
    lines += wrap(_key(panel, signs), width, first=INDENT, rest=INDENT)
    widest = max(cells(mark.label) for mark in panel.marks)
    words = max(cells(mark.words) for mark in panel.marks)
    area = width - cells(INDENT) - widest - words - 2 * len(GAP)
    stacked = area < LEAST_AREA
    if stacked:
        area = width - 2 * cells(INDENT) - words - len(GAP)
    # Words too long to stand beside a mark stand below it.
    below = area < LEAST_AREA
    area = min(MOST_AREA, width - 2 * cells(INDENT) if below else area)
    scale = _scale(panel)
    for mark in panel.marks:
        drawn = _drawn(panel, mark, scale, area, signs)
        if stacked:
            lines += wrap(mark.label, width, first=INDENT, rest=INDENT)
            start = INDENT * 2
        else:
            start = INDENT + mark.label + " " * (widest - cells(mark.label)) + GAP
        if below:
            lines += [start + drawn.rstrip()]
            lines += wrap(mark.words, width, first=start, rest=start)
        else:
            lines.append((start + drawn + GAP + mark.words).rstrip())
    if panel.kind != "curves":
        before = cells(INDENT) * 2 if stacked else cells(INDENT) + widest + len(GAP)
        lines.append((("faint", " " * before + _axis(scale, area)),))
    return lines


def _key(panel: Panel, signs: Signs) -> str:
    claimed = any(mark.claimed for mark in panel.marks)
    if panel.kind == "curves":
        return f"{panel.axis}; each character is one call, its height logarithmic"
    shape = f"{signs.bar * 2} measured" if panel.kind == "bars" else f"{signs.dot} measured"
    other = signs.claimed_bar * 2 if panel.kind == "bars" else signs.claimed_dot
    mark = f"; {signs.reference} marks {panel.reference:g}" if panel.reference is not None else ""
    return f"{panel.axis}; {shape}{f', {other} claimed' if claimed else ''}{mark}"


def _scale(panel: Panel) -> Scale:
    values = _values(panel)
    if panel.kind == "intervals":
        return around(values, panel.reference or 1.0)
    if panel.kind == "bars":
        return from_zero([*values, panel.reference or 0.0])
    return over(values)


def _values(panel: Panel) -> Sequence[float]:
    values = [v for mark in panel.marks for v in (mark.value, mark.low, mark.high)]
    values += [y for mark in panel.marks for _, y in mark.points]
    return [value for value in values if value is not None and drawable(value)]


def _drawn(panel: Panel, mark: Mark, scale: Scale, area: int, signs: Signs) -> str:
    if panel.kind == "curves":
        return _curve([y for _, y in mark.points if drawable(y)][:area], scale, area, signs)
    row = [" "] * area
    if panel.reference is not None:
        row[_column(scale, panel.reference, area)] = signs.reference
    if mark.value is None or not drawable(mark.value):
        return "".join(row)
    at = _column(scale, mark.value, area)
    if panel.kind == "bars":
        sign = signs.claimed_bar if mark.claimed else signs.bar
        row[: at + 1] = [sign] * (at + 1)
        return "".join(row)
    if mark.low is not None and mark.high is not None and drawable(mark.low, mark.high):
        low, high = _column(scale, mark.low, area), _column(scale, mark.high, area)
        row[low : high + 1] = [signs.line] * (high + 1 - low)
        row[low], row[high] = signs.ends
    row[at] = signs.claimed_dot if mark.claimed else signs.dot
    return "".join(row)


def _column(scale: Scale, value: float, area: int) -> int:
    return min(area - 1, round(scale.place(value) * (area - 1)))


def _curve(values: Sequence[float], scale: Scale, area: int, signs: Signs) -> str:
    highest = len(signs.levels) - 1
    return "".join(signs.levels[round(scale.place(y) * highest)] for y in values).ljust(area)


def _axis(scale: Scale, area: int) -> str:
    row, free = [" "] * area, 0
    for tick in scale.ticks():
        text = f"{tick:g}"
        start = min(max(0, _column(scale, tick, area) - len(text) // 2), area - len(text))
        if start >= free:
            row[start : start + len(text)] = text
            free = start + len(text) + 1
    return "".join(row).rstrip()
