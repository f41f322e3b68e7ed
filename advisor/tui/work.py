"""What takes longer than a key press: run in a thread, from a copy of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.clock import now
from advisor.documents.advice import Advice
from advisor.engine.decide import decide
from advisor.engine.measured import Evidence
from advisor.engine.space import Answer
from advisor.engine.tables import Tables
from advisor.engine.verdict import Strength
from advisor.facts.fact import Fact
from knowledge.base import Knowledge

from .own_words import Heard
from .wording import clean


@dataclass(frozen=True)
class Judgement:
    """The verdict's word and sentence for one set of answers."""

    strength: Strength
    summary: str


def judge(
    tables: Tables, answers: Mapping[str, Answer], measurements: Sequence[Evidence]
) -> Judgement:
    """Return the verdict for `answers`."""
    from advisor.explain.words import summary

    decision = decide(tables, answers, measurements)
    return Judgement(decision.verdict.strength, clean(summary(tables, decision)))


def advice_for(
    tables: Tables,
    facts: Sequence[Fact],
    measurements: Sequence[Evidence],
    warnings: Sequence[str],
) -> Advice:
    """Return the advice for `facts`."""
    from advisor.explain.advice import advise

    return advise(tables, facts, created=now(), measurements=measurements, warnings=warnings)


def understood(text: str, knowledge: Knowledge) -> Heard:
    """Return what a text says, as far as there are questions for it."""
    from advisor.facts.answers import fitting
    from advisor.reading.read import read

    result = read(text, knowledge)
    facts, unasked = fitting(result.facts, knowledge.questions)
    return Heard(text, tuple(facts), (*result.ignored, *unasked))
