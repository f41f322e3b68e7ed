"""Sentences for answers, shares and the verdict."""

from __future__ import annotations

from advisor.documents.advice import Value
from advisor.engine.decide import Decision
from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW, EXCLUDED
from advisor.engine.tables import Tables
from advisor.engine.verdict import CLEAR_SUPPORT, MATERIAL
from knowledge.model.question import Question


def percent(share: float) -> str:
    """Return a share in whole points."""
    return f"{round(100 * share)} %"


def answer_words(question: Question, value: Value) -> str:
    """Return an answer in the words of its choices."""
    if value == DONT_KNOW:
        return "don't know"
    if value == DOES_NOT_APPLY:
        return "does not apply"
    labels = {choice.id: choice.label for choice in question.choices}
    if isinstance(value, tuple):
        return "; ".join(_named(labels, item) for item in value) or "none of these"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g} {question.unit}".strip()
    return labels.get(value, value)


def _named(labels: dict[str, str], item: str) -> str:
    if item.startswith(EXCLUDED):
        return f"not: {labels.get(item.removeprefix(EXCLUDED), item)}"
    return labels.get(item, item)


def _probably_none(tables: Tables, decision: Decision) -> str:
    share = percent(decision.support.nobody)
    said = (
        f"No framework, most likely: in {share} of what is still uncertain "
        "something simpler serves; it stands below."
    )
    if decision.verdict.depends_on is None:
        return said
    question = tables.knowledge.questions[decision.verdict.depends_on]
    return f"{said} It depends on one open answer: {question.ask}"


def needless(tables: Tables, decision: Decision) -> bool:
    """Say whether a veto that names something simpler covers every option."""
    return any(
        chance >= 1.0
        and len(compiled.vetoes) == len(tables.options)
        and getattr(tables.knowledge.rules[compiled.id], "instead", ())
        for compiled, chance in decision.evaluation.firings
    )


def summary(tables: Tables, decision: Decision) -> str:
    """Return the verdict as one or two plain sentences."""
    verdict, support = decision.verdict, decision.support
    names = [tables.knowledge.options[name].name for name in tables.options]
    if verdict.choice is None and verdict.strength != "none":
        return _probably_none(tables, decision)
    if verdict.choice is None:
        if needless(tables, decision):
            return "No framework is needed for this; what serves instead stands below."
        return "No framework can do this as it stands; see what rules each of them out."
    name = names[verdict.choice]
    share = percent(support.first[verdict.choice])
    if verdict.strength == "certain":
        return f"{name}. No answer that is still open can change this."
    if verdict.strength == "clear":
        return f"{name}. It comes first in {share} of what is still uncertain."
    close = decision.margin < MATERIAL
    if verdict.strength == "leaning" and close and support.first[verdict.choice] >= CLEAR_SUPPORT:
        points = max(1, round(100 * decision.margin))
        return (
            f"{name}, but not by much: it comes first in {share} of what is still uncertain, by "
            f"{points} point{'' if points == 1 else 's'} of a hundred."
        )
    if verdict.strength == "leaning" and support.first[verdict.choice] >= CLEAR_SUPPORT:
        return (
            f"{name}, with a reserve: it comes first in {share} of what is still uncertain, but "
            "in the rest it would be a costly mistake."
        )
    if verdict.strength == "leaning":
        return f"{name}, but not by much: it comes first in {share} of what is still uncertain."
    if verdict.strength == "toss-up" and verdict.even_with is not None:
        other = names[verdict.even_with]
        return (
            f"{name} or {other}: neither is ahead. Choose by what the team knows and what a "
            "later change would cost."
        )
    question = tables.knowledge.questions[verdict.depends_on or ""]
    return f"{name} for now, but it depends on one open answer: {question.ask}"
