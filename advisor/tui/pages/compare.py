"""Options side by side, topic by topic."""

from __future__ import annotations

from textual.content import Content

from advisor.documents.compare import Cell, Compare

from ..widgets.columns import Columns
from ..widgets.rows import MUTED, row
from ..wording import clean
from .pieces import Rows, heading


def compare_rows(document: Compare) -> Rows:
    """Return the table: a heading per topic, a row per feature."""
    names = [clean(option.name) for option in document.options]
    rows: Rows = []
    topic = ""
    for feature in document.rows:
        if feature.topic != topic:
            topic = feature.topic
            rows += heading(topic.replace("-", " ").capitalize())[0 if rows else 1 :]
        else:
            rows.append((None, row("", "")))
        due = (" (due for review)", MUTED) if feature.due else ""
        title = Content.assemble((clean(feature.title), "bold"), due)
        cells = [_cell(cell) for cell in feature.statements]
        rows.append((feature.id, Columns(title, names, cells)))
    return rows or [(None, row("", ("Nothing is known about this.", MUTED)))]


def _cell(cell: Cell) -> Content:
    if cell.basis is None:
        return Content.styled("nothing stated", MUTED)
    state = "" if cell.supported == "yes" else f"{cell.supported}: "
    note = f" {clean(cell.note)}" if cell.note else ""
    return Content.assemble((state, "bold"), clean(cell.text), note, (f" ({cell.basis})", MUTED))


def head(document: Compare) -> Columns:
    """Return the names of the options as the head of the columns."""
    names = [Content.styled(clean(option.name), "bold underline") for option in document.options]
    return Columns(Content(""), ["" for _ in names], names)
