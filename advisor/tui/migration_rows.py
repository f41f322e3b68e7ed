"""What moving the code would mean, as rows of the page of an advice; Enter opens the evidence."""

from __future__ import annotations

from advisor.documents.advice import Advice
from advisor.reports.migration import HEADINGS, item_words, shown_migration, summary_of, title_of
from knowledge.base import Knowledge

from .widgets.rows import MUTED, Row, row
from .wording import clean

MOST_ITEMS = 2
"""Items of a class on the page; `show` of the move and the record have them all."""


def migration_rows(advice: Advice, knowledge: Knowledge) -> list[tuple[str | None, Row]]:
    """Return the heading, the counts, and the first items of each class; nothing without a move."""
    move = shown_migration(advice.migration)
    if move is None:
        return []
    title = (clean(title_of(move, knowledge)), "bold $text-accent")
    rows: list[tuple[str | None, Row]] = [
        (None, row("", "")),
        (None, row("", title)),
        (f"entry:{move.move}", row("", clean(summary_of(move)))),
    ]
    for effort, said in HEADINGS.items():
        items = getattr(move, effort).items[:MOST_ITEMS]
        if items:
            rows.append((None, row("  ", (clean(said), MUTED))))
        rows += [(f"entry:{each.entries[0]}", row("• ", clean(item_words(each)))) for each in items]
    return rows
