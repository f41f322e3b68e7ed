"""Which of the answers that two sides give differently makes them choose differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.documents.advice import Advice
from advisor.documents.comparison import Comparison, Difference
from advisor.engine.decide import preview
from advisor.engine.evaluate import Evaluation
from advisor.engine.measured import Evidence
from advisor.engine.space import Answer
from advisor.engine.tables import Tables

from .standing import choice_words, standing_of


def compare(
    tables: Tables,
    here: Advice,
    there: Advice,
    name: str,
    measurements: Sequence[Evidence] = (),
) -> Comparison:
    """Return what the other side says, and what of the differences moves the choice."""
    ours = {fact.id: fact.value for fact in here.facts}
    theirs = {fact.id: fact.value for fact in there.facts}
    start, end = (preview(tables, side, measurements) for side in (ours, theirs))
    option, against = _pair(start, end)
    differences = [
        _difference(tables, question, ours, theirs, start, (option, against), measurements)
        for question in tables.knowledge.questions
        if ours.get(question) != theirs.get(question)
    ]
    differences.sort(key=lambda d: (not d.decides, -abs(d.moves)))
    return Comparison(
        name=name,
        facts=there.facts,
        standing=standing_of(there),
        option=tables.options[option],
        against=tables.options[against],
        margin_here=start.scores[option] - start.scores[against],
        margin_there=end.scores[option] - end.scores[against],
        differences=tuple(differences),
        summary=_summary(tables, here, there, differences),
    )


def _pair(here: Evaluation, there: Evaluation) -> tuple[int, int]:
    """Return this side's first option and the other side's, or the runner-up if it is the same."""
    first, second = here.order()[:2]
    other = there.order()[0]
    return first, second if other == first else other


def _difference(
    tables: Tables,
    question: str,
    ours: Mapping[str, Answer],
    theirs: Mapping[str, Answer],
    start: Evaluation,
    pair: tuple[int, int],
    measurements: Sequence[Evidence],
) -> Difference:
    taken = {name: answer for name, answer in ours.items() if name != question}
    if question in theirs:
        taken[question] = theirs[question]
    then = preview(tables, taken, measurements)
    ahead, behind = pair
    before = start.scores[ahead] - start.scores[behind]
    after = then.scores[ahead] - then.scores[behind]
    return Difference(
        question,
        ours.get(question),
        theirs.get(question),
        after - before,
        then.leader != start.leader,
    )


def _summary(tables: Tables, here: Advice, there: Advice, differences: Sequence[Difference]) -> str:
    knowledge = tables.knowledge
    mine, other = (choice_words(a.verdict.choice, knowledge, a.ranking) for a in (here, there))
    if not differences:
        return f"Both give the same answers: {mine}."
    strongest = knowledge.questions[differences[0].question].title
    if here.verdict.choice == there.verdict.choice:
        return f"Both lead to {mine}; together, what differs does not change the choice."
    if differences[0].decides:
        return f"{mine} here, {other} there: the answer on “{strongest}” alone is enough for it."
    return f"{mine} here, {other} there: no single answer does it; “{strongest}” moves most."
