"""What was understood of the person's own words, as rows: taken, left out, not used and why.

A row's id says what Enter does there: `go`, `fact:targets`.
"""

from __future__ import annotations

from advisor.explain.words import answer_words
from advisor.facts.fact import RANK, Fact

from .session import Session
from .widgets.rows import MUTED, Row, row
from .wording import clean, count, read_words

GO = "go"
NOTHING = (
    "Nothing here answers one of the questions so far. That does no harm: go on writing, or be "
    "asked."
)
FEW = 3
"""Words below which it is too early to say so."""


def heard_rows(session: Session) -> list[tuple[str | None, Row]]:
    """Return the rows below the box."""
    heard = session.own_words.heard
    stand = [session.interview.fact(fact.id) for fact in heard.facts]
    taken = [fact for fact in stand if fact and RANK[fact.source] >= RANK["text"]]
    go = f"Go on with {count(len(taken), 'answer', 'answers')}" if taken else "Be asked"
    rows: list[tuple[str | None, Row]] = [(GO, row("→ ", (go, "bold")))]
    if heard.facts:
        rows.append((None, row("", ("Understood", "$text-accent"))))
        rows += [(f"fact:{fact.id}", _fact_row(session, fact)) for fact in heard.facts]
    elif len(heard.text.split()) >= FEW:
        rows.append((None, row("", (NOTHING, MUTED))))
    if heard.ignored:
        rows.append((None, row("", ("Not used", "$text-accent"))))
    for each in heard.ignored:
        why = f"because {clean(each.why)}"
        rows.append((None, row("· ", f"“{clean(each.said)}” ", (why, MUTED))))
    return rows


def _fact_row(session: Session, fact: Fact) -> Row:
    question = session.knowledge.questions[fact.id]
    title = f"{clean(question.title)}: "
    stands = session.interview.fact(fact.id)
    words = read_words(fact)
    said = clean(answer_words(question, fact.value))
    if stands is not None and RANK[stands.source] > RANK["text"]:
        yours = clean(answer_words(question, stands.value))
        same = stands.value == fact.value
        note = f"your answer; {words}" if same else f"your answer; the text says {said}, {words}"
        return row("  ✓ ", title, (yours, "bold"), (f"  {note}", MUTED))
    if session.own_words.leaves_out(fact):
        return row("[ ] ", title, (f"{said}  left out; {words}", MUTED))
    return row("[x] ", title, (said, "bold"), (f"  {words}", MUTED))
