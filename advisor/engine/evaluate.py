"""One evaluation: which rules hold, what they add, and what it comes to.

The score is additive on fixed scales: V(option) = Σ w·v, v = base + effects of the rules that
hold, Σ w = 1. A rule that is not settled counts with the chance that it holds, so an open answer
pulls the score neither to "yes" nor to "no". Nothing is normalised over the set of options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import mul

import msgspec

from .space import State
from .tables import CompiledRule, Tables

Firing = tuple[CompiledRule, float]
"""A rule that holds, or may hold, and the chance that it does."""


class Detail(msgspec.Struct):
    """How an evaluation came about: the rules in their order, values by option, weights."""

    firings: list[Firing]
    values: list[list[float]]
    weights: list[float]


class Evaluation(msgspec.Struct):
    """What a state comes to, in the order of `tables.options` and `tables.criteria`.

    Most evaluations are asked for scores alone; the rest is worked out when it is asked for.
    """

    scores: list[float]
    veto_chance: Sequence[float]
    origin: Detail | Callable[[], Detail]

    @property
    def detail(self) -> Detail:
        """How the evaluation came about."""
        if not isinstance(self.origin, Detail):
            self.origin = self.origin()
        return self.origin

    @property
    def firings(self) -> list[Firing]:
        """The rules that hold or may hold."""
        return self.detail.firings

    @property
    def values(self) -> list[list[float]]:
        """The value of every option on every criterion."""
        return self.detail.values

    @property
    def weights(self) -> list[float]:
        """The weight of every criterion; they add up to one."""
        return self.detail.weights

    def order(self) -> list[int]:
        """Return the options, best first; what is probably not feasible stands behind."""
        return sorted(
            range(len(self.scores)),
            key=lambda o: (self.veto_chance[o] >= 1, self.veto_chance[o] > 0.5, -self.scores[o], o),
        )

    @property
    def leader(self) -> int | None:
        """The best feasible option, or None if every option is ruled out."""
        first = self.order()[0]
        return first if self.veto_chance[first] < 1 else None


def measured_criteria(extra: Iterable[CompiledRule]) -> frozenset[int]:
    """Return the criteria that measurements speak to: published speed is off there."""
    return frozenset(
        criterion for rule in extra if rule.measured for _, criterion, _, _ in rule.effects
    )


def firings(tables: Tables, state: State, extra: Sequence[CompiledRule] = ()) -> list[Firing]:
    """Return the rules that hold or may hold. `extra` are rules made from measurements."""
    return evaluate(tables, state, extra).firings


def firings_of(
    tables: Tables, state: State, rules: Iterable[CompiledRule], measured: frozenset[int]
) -> list[Firing]:
    """Return those of `rules` that hold or may hold."""
    likelihood = tables.space.likelihood
    possible = state.possible
    found: list[Firing] = []
    for rule in rules:
        chance = 1.0
        for index, mask in rule.tests:
            here = possible[index]
            if not here & mask:
                break
            if here & ~mask:
                chance *= likelihood(state, (index, mask))
        else:
            replaced = rule.published_speed and rule.effects[0][1] in measured
            if chance > 0.0 and not replaced:
                found.append((rule, chance))
    return found


def evaluate(tables: Tables, state: State, extra: Sequence[CompiledRule] = ()) -> Evaluation:
    """Return scores and chances of a veto for a state, with how they came about.

    `extra` are rules that evidence brought in; measurements replace what was published on speed.
    """
    book = tables.book
    holding, unsettled = book.settle(state.possible)
    if unsettled or extra:
        return weigh(tables, _firings(tables, state, holding | unsettled, extra))
    total, *scores = book.totals(holding)

    def detail() -> Detail:
        return weigh(tables, [(rule, 1.0) for rule in book.named(holding)]).detail

    return Evaluation(
        [score / total for score in scores], book.vetoes[holding & book.vetoes.mask], detail
    )


def _firings(
    tables: Tables, state: State, numbers: int, extra: Sequence[CompiledRule]
) -> list[Firing]:
    """Return those of a set of rules that hold or may hold, then those of measurements."""
    rules = (*tables.book.named(numbers), *extra)
    return firings_of(tables, state, rules, measured_criteria(extra))


def weigh(tables: Tables, found: list[Firing]) -> Evaluation:
    """Return what a list of firings comes to."""
    points, values = tables.points[:], [row[:] for row in tables.base]
    clear = [1.0] * len(values)
    for rule, chance in found:
        for option, criterion, likely, _ in rule.effects:
            values[option][criterion] += chance * likely
        for criterion, added in rule.points:
            points[criterion] += chance * added
        for option in rule.vetoes:
            clear[option] *= 1.0 - chance
    return finish(found, points, values, clear)


def finish(
    found: list[Firing], points: list[float], values: list[list[float]], clear: list[float]
) -> Evaluation:
    """Return what points and values come to; `clear` is the chance that nothing rules one out."""
    total = sum(points)
    weights = [point / total for point in points]
    scores = [sum(map(mul, weights, row)) for row in values]
    return Evaluation(scores, [1.0 - c for c in clear], Detail(found, values, weights))
