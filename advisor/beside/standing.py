"""Advice in short."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.documents.advice import Advice
from advisor.documents.standing import Ranked, Standing
from knowledge.base import Knowledge


def standing_of(advice: Advice) -> Standing:
    """Return the short form of advice."""
    verdict = advice.verdict
    return Standing(verdict.choice, verdict.strength, verdict.summary, advice.ranking)


def choice_words(choice: str, knowledge: Knowledge, ranking: Sequence[Ranked]) -> str:
    """Return a choice as a name in a sentence; a toss-up names the best two."""
    if choice == "either":
        return " or ".join(_name(ranked.option, knowledge) for ranked in ranking[:2])
    return "no framework" if choice == "none" else _name(choice, knowledge)


def _name(option: str, knowledge: Knowledge) -> str:
    return knowledge.options[option].name if option in knowledge.options else option
