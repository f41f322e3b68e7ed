"""Charts of a run, as rows behind one row that opens them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, Row, row
from ..wording import clean

if TYPE_CHECKING:
    from advisor.reports.page import Line
    from probes.document import ProbeDocument

CHARTS = "charts"
STYLES = {"title": "bold $text-accent", "strong": "bold", "faint": MUTED}
STYLES |= {"good": "$text-success", "bad": "$text-error"}


def charts_rows(document: ProbeDocument, width: int, opened: Collection[str]) -> Rows:
    """Return the charts of a run, once they are asked for."""
    mark = "▾ " if CHARTS in opened else "▸ "
    rows: Rows = [(CHARTS, row(mark, ("Charts: all comparisons, warm-up, memory, roof", MUTED)))]
    if CHARTS not in opened:
        return rows
    from advisor.reports.charts.of_run import charts_of
    from advisor.reports.charts.terminal import chart_lines

    found = [line for chart in charts_of(document) for line in chart_lines(chart, width)]
    return rows + (rows_of(found) or [(None, row("  ", "There is nothing to draw."))])


def rows_of(lines: Iterable[Line]) -> Rows:
    """Return lines of a report as rows; they are as wide as they were made."""
    return [(None, _row(line)) for line in lines]


def _row(line: Line) -> Row:
    if isinstance(line, str):
        return row("", clean(line))
    return row("", *((clean(text), STYLES.get(style, "")) for style, text in line))
