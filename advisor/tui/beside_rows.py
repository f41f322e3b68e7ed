"""Two sets of answers side by side, as rows: verdicts, and what each difference does.

A row's id says what Enter does there: `try:targets` tries the other side's answer.
"""

from __future__ import annotations

from textual.content import Content

from advisor.documents.advice import Advice, VerdictPart
from advisor.documents.comparison import Comparison, Difference
from advisor.documents.standing import Standing
from advisor.explain.words import answer_words
from knowledge.base import Knowledge

from .advice_rows import heading, points_of
from .widgets.columns import Columns
from .widgets.rows import MUTED, Part, Row, row
from .wording import clean

HERE = "Your answers"
Rows = list[tuple[str | None, Row | Columns]]


def beside_rows(here: Advice, other: Comparison, knowledge: Knowledge) -> Rows:
    """Return the page below the two rankings."""
    name = clean(other.name)
    sides = [_side(HERE, here.verdict), _side(name, other.standing)]
    rows: Rows = [
        (None, row("", (clean(other.summary), "bold"))),
        (None, row("", "")),
        (None, Columns(Content(""), ("", ""), sides)),
    ]
    if not other.differences:
        return rows
    rows += heading("What the differences do")
    alone = sum(1 for each in other.differences if each.decides)
    if not alone:
        rows.append((None, row("", ("None of them alone changes the choice.", MUTED))))
    for each in other.differences:
        rows.append((f"try:{each.question}", _difference(each, other, knowledge)))
    return [*rows, (None, row("", ("Enter tries one of them on your answers.", MUTED)))]


def _side(name: str, side: VerdictPart | Standing) -> Content:
    head: list[Part] = [(name, "bold"), (f", {side.strength}", MUTED)]
    return Content.assemble(*head, "\n", clean(side.summary))


def _difference(each: Difference, other: Comparison, knowledge: Knowledge) -> Row:
    question = knowledge.questions[each.question]
    here, there = (
        "not answered" if value is None else clean(answer_words(question, value))
        for value in (each.here, each.there)
    )
    against = clean(knowledge.options[other.against].name)
    points = points_of(each.moves)
    way = "toward" if each.moves < 0 else "away from"
    moves = f"{points} points {way} {against}" if points != "0" else "moves nothing between them"
    body: list[Part] = [
        f"{clean(question.title)}: {here} → ",
        (there, "bold"),
        (f"  {moves}", MUTED),
    ]
    if each.decides:
        return row("! ", *body, ("; alone it changes the choice", "bold"))
    return row("~ ", *body)
