"""The comparison as a page: topics below one another, options side by side in columns."""

from __future__ import annotations

from itertools import groupby, zip_longest

from advisor.documents.compare import Cell, Compare, FeatureRow

from .escaping import escape
from .page import Line, cells, title, wrap

GAP = "  "
NARROWEST_COLUMN = 22
NO_STATEMENT = "No statement."


def compare_page(document: Compare, width: int) -> list[Line]:
    """Return the lines of the page; columns become paragraphs where they would be too narrow."""
    names = [option.name for option in document.options]
    lines: list[Line] = [title(line) for line in wrap(" · ".join(names), width)]
    for topic, rows in groupby(document.rows, lambda row: row.topic):
        lines += ["", title(topic.capitalize())]
        for row in rows:
            lines += ["", *_heading(row, width), *_row(row, names, width)]
    foot = "fw-advisor show ID prints a topic with why it is so, and its sources."
    return [*lines, "", *((("faint", line),) for line in wrap(foot, width))]


def _heading(row: FeatureRow, width: int) -> list[Line]:
    due = ", due for review" if row.due else ""
    return [(("strong", line),) for line in wrap(f"{row.title} [{row.id}{due}]", width)]


def _row(row: FeatureRow, names: list[str], width: int) -> list[Line]:
    wide = (width - len(GAP) * len(names)) // max(1, len(names))
    if wide < NARROWEST_COLUMN:
        lines: list[Line] = []
        for name, cell in zip(names, row.statements, strict=True):
            lines += wrap(f"{name}: {words_of(cell)}", width, first=GAP, rest=GAP * 2)
        return lines
    columns = [
        [*wrap(name, wide), *wrap(words_of(cell), wide)]
        for name, cell in zip(names, row.statements, strict=True)
    ]
    return [
        "".join(GAP + text + " " * (wide - cells(text)) for text in texts).rstrip()
        for texts in zip_longest(*columns, fillvalue="")
    ]


def words_of(cell: Cell) -> str:
    """Return a statement with its state, its reservation, and how it is known."""
    if not cell.text:
        return NO_STATEMENT
    state = "" if cell.supported == "yes" else f"{cell.supported.capitalize()}: "
    note = f" {cell.note}" if cell.note else ""
    return f"{state}{cell.text}{note} ({cell.basis}, {cell.as_of})"


def compare_markdown(document: Compare) -> str:
    """Return the comparison as Markdown tables, one per topic, with the sources below."""
    names = [escape(option.name) for option in document.options]
    parts = [f"# {' · '.join(names)}", f"Made {document.created[:10]} with fw-advisor."]
    for topic, rows in groupby(document.rows, lambda row: row.topic):
        lines = [
            f"| {' | '.join(('topic', *names))} |",
            "|" + "---|" * (len(names) + 1),
        ]
        for row in rows:
            said = " | ".join(escape(words_of(cell)) for cell in row.statements)
            lines.append(f"| {escape(row.title)} | {said} |")
        parts += [f"## {escape(topic.capitalize())}", "\n".join(lines)]
    sources = [
        f"- {escape(source.title)}: {escape(source.url)} ({source.reading} {source.accessed})"
        for source in document.sources
    ]
    if sources:
        parts += ["## Sources", "\n".join(sources)]
    return "\n\n".join(parts) + "\n"
