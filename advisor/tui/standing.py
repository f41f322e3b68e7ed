"""Where the options stand, as the ranking shows it: numbers of the engine, put in rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.documents.advice import Advice
from advisor.engine.evaluate import Evaluation
from advisor.engine.tables import Tables
from advisor.engine.verdict import Strength

from .wording import clean


@dataclass(frozen=True)
class Place:
    """An option's row. `moved`: points won or lost since the scores it is compared with."""

    option: str
    name: str
    score: float
    moved: int | None
    feasible: str
    before: float | None = None


@dataclass(frozen=True)
class Standing:
    """All rows, best first, and what can be said of them; no strength: not worked out yet."""

    places: tuple[Place, ...]
    strength: Strength | None = None
    summary: str = ""

    @property
    def scores(self) -> dict[str, float]:
        """Scores by option."""
        return {place.option: place.score for place in self.places}


def points(score: float) -> int:
    """Return a score in whole points."""
    return round(100 * score)


def of_evaluation(
    tables: Tables, evaluation: Evaluation, before: Mapping[str, float] | None = None
) -> Standing:
    """Return the rows of a preview."""
    places = []
    for o in evaluation.order():
        chance = evaluation.veto_chance[o]
        feasible = "yes" if chance <= 0 else "no" if chance >= 1 else "depends"
        places.append(_place(tables, tables.options[o], evaluation.scores[o], feasible, before))
    return Standing(tuple(places))


def of_advice(
    tables: Tables, advice: Advice, before: Mapping[str, float] | None = None
) -> Standing:
    """Return the rows of an advice."""
    places = [
        _place(tables, ranked.option, ranked.score, ranked.feasible, before)
        for ranked in advice.ranking
    ]
    return Standing(tuple(places), advice.verdict.strength, clean(advice.verdict.summary))


def _place(
    tables: Tables,
    option: str,
    score: float,
    feasible: str,
    before: Mapping[str, float] | None,
) -> Place:
    name = clean(tables.knowledge.options[option].name)
    earlier = before.get(option) if before else None
    moved = None if earlier is None else points(score) - points(earlier)
    return Place(option, name, score, moved, feasible, earlier)
