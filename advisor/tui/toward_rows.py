"""What would put an option first, as rows. A row's id says what Enter does: `step:0`, `entry:x`."""

from __future__ import annotations

from advisor.documents.toward import Step, TowardPart
from knowledge.base import Knowledge

from .advice_rows import Rows, heading
from .widgets.rows import MUTED, row
from .wording import clean


def steps_of(toward: TowardPart) -> tuple[Step, ...]:
    """Return what can be tried, in the order of the rows."""
    return (*toward.changes, *toward.answers)


def toward_rows(toward: TowardPart, knowledge: Knowledge) -> Rows:
    """Return the page."""
    name = clean(knowledge.options[toward.option].name)
    rows: Rows = []
    if toward.first:
        return [(None, row("", f"{name} comes first already."))]
    if not toward.changes:
        said = f"No change of up to three of the answers given makes it {name}."
        rows.append((None, row("", said)))
    place = 0
    for title, mark, steps in (
        ("If one of these were changed", "~ ", toward.changes),
        ("If you answer, of what is open", "? ", toward.answers),
    ):
        rows += heading(title) if steps else []
        for step in steps:
            rows.append((f"step:{place}", row(mark, clean(step.text))))
            place += 1
    if place:
        rows.append((None, row("", ("Enter tries a line on your answers.", MUTED))))
    return [*rows, *([] if toward.changes else _in_the_way(toward, knowledge))]


def _in_the_way(toward: TowardPart, knowledge: Knowledge) -> Rows:
    rows: Rows = heading("What stands in the way") if toward.vetoes or toward.terms else []
    for rule in toward.vetoes:
        text = clean(knowledge.rules[rule].text)
        rows.append((f"entry:{rule}", row("× ", f"Rules it out: {text}")))
    # The last lines of the text are those of the terms, in whole sentences.
    lines = toward.text[len(toward.text) - len(toward.terms) :]
    return [*rows, *((None, row("− ", clean(line))) for line in lines)]
