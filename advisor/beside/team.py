"""Several people's answers: the option with the smallest regret for the worst-off.

Scores stand on fixed scales, so they can be compared between people. The regret of an option for
a member is what the member's own best feasible option would score more; where an option is not
feasible for somebody it is not for the team.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.documents.advice import Advice
from advisor.documents.team import Divided, Member, Team, Together
from advisor.engine.decide import preview
from advisor.engine.evaluate import Evaluation
from advisor.engine.space import Answer
from advisor.engine.tables import Tables
from advisor.facts.fact import Ignored

from .standing import choice_words, standing_of

MATERIAL = 0.005
"""A fall of regret below half a point explains nothing."""


def team_document(
    tables: Tables,
    named: Sequence[tuple[str, Advice]],
    *,
    created: str,
    ignored: Iterable[Ignored] = (),
    warnings: Iterable[str] = (),
) -> Team:
    """Return what the members would choose and what serves all of them best."""
    answers = [{fact.id: fact.value for fact in advice.facts} for _, advice in named]
    views = [preview(tables, each) for each in answers]
    options = _together(tables, views)
    choices = {advice.verdict.choice for _, advice in named}
    agreed = len(choices) == 1
    best = options[0]
    choice = next(iter(choices)) if agreed else "none" if best.worst is None else best.option
    divided = _divided(tables, answers, _least_regret(views))
    return Team(
        created=created,
        members=tuple(Member(name, a.facts, standing_of(a)) for name, a in named),
        agreed=agreed,
        choice=choice,
        options=tuple(options),
        divided=tuple(divided),
        summary=_summary(tables, agreed, choice, best, named, divided),
        ignored=tuple(ignored),
        warnings=tuple(warnings),
    )


def _regrets(view: Evaluation) -> list[float | None]:
    """Return what each option gives up against the best; None where it is not feasible."""
    feasible = [chance < 1 for chance in view.veto_chance]
    if not any(feasible):
        return [None] * len(feasible)
    best = max(score for score, ok in zip(view.scores, feasible, strict=True) if ok)
    return [best - s if ok else None for s, ok in zip(view.scores, feasible, strict=True)]


def _together(tables: Tables, views: Sequence[Evaluation]) -> list[Together]:
    rows = [_regrets(view) for view in views]
    found = []
    for number, option in enumerate(tables.options):
        regrets = tuple(row[number] for row in rows)
        known = [regret for regret in regrets if regret is not None]
        worst = max(known) if len(known) == len(regrets) else None
        found.append(Together(option, regrets, worst, sum(known) / len(known) if known else 1.0))
    return sorted(found, key=lambda t: (t.worst is None, t.worst or 0.0, t.mean))


def _least_regret(views: Sequence[Evaluation]) -> float:
    """Return the regret of the worst-off under the option that is best for them."""
    rows = [[1.0 if r is None else r for r in _regrets(view)] for view in views]
    return min(max(row[o] for row in rows) for o in range(len(rows[0])))


def _divided(tables: Tables, answers: Sequence[dict[str, Answer]], regret: float) -> list[Divided]:
    found = []
    for question in tables.knowledge.questions:
        given = [each.get(question) for each in answers]
        if len(set(given)) == 1:
            continue
        falls = []
        for answer in dict.fromkeys(a for a in given if a is not None):
            alike = [preview(tables, {**each, question: answer}) for each in answers]
            falls.append(regret - _least_regret(alike))
        found.append(Divided(question, tuple(given), sum(falls) / len(falls)))
    return sorted(found, key=lambda d: -d.explains)


def _summary(
    tables: Tables,
    agreed: bool,
    choice: str,
    best: Together,
    named: Sequence[tuple[str, Advice]],
    divided: Sequence[Divided],
) -> str:
    knowledge = tables.knowledge
    name = choice_words(choice, knowledge, named[0][1].ranking)
    if agreed:
        return f"All {len(named)} would choose {name}."
    if best.worst is None:
        return "No option is feasible for everybody; see what rules them out for whom."
    worst = named[best.regrets.index(best.worst)][0]
    points = round(100 * best.worst)
    cost = f"{points} point{'' if points == 1 else 's'}"
    said = f"{name} costs the worst-off, {worst}, {cost}; no other option costs less."
    if divided and divided[0].explains > MATERIAL:
        title = knowledge.questions[divided[0].question].title
        said += f" “{title}” explains most of the disagreement."
    return said
