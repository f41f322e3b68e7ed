"""One evaluation: which rules hold, what they add, and what it comes to.

The score is additive on fixed scales: V(option) = Σ w·v, v = base + effects of the rules that
hold, Σ w = 1. A rule that is not settled counts with the chance that it holds, so an open answer
pulls the score neither to "yes" nor to "no". Nothing is normalised over the set of options.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import mul

import msgspec

from .space import State
from .tables import CompiledRule, Tables

Firing = tuple[CompiledRule, float]
"""A rule that holds, or may hold, and the chance that it does."""


class Evaluation(msgspec.Struct):
    """What a state comes to, in the order of `tables.options` and `tables.criteria`."""

    firings: list[Firing]
    values: list[list[float]]
    weights: list[float]
    scores: list[float]
    veto_chance: list[float]

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
    return frozenset(criterion for rule in extra for _, criterion, _, _ in rule.effects)


def firings(tables: Tables, state: State, extra: Sequence[CompiledRule] = ()) -> list[Firing]:
    """Return the rules that hold or may hold. `extra` are rules made from measurements."""
    rules = (*tables.rules, *extra) if extra else tables.rules
    return firings_of(tables, state, rules, measured_criteria(extra))


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
    """Return scores, weights and chances of a veto for a state."""
    return weigh(tables, firings(tables, state, extra))


def weigh(tables: Tables, found: list[Firing]) -> Evaluation:
    """Return what a list of firings comes to."""
    values = [row[:] for row in tables.base]
    points = tables.points[:]
    clear = [1.0] * len(values)
    for rule, chance in found:
        for option, criterion, likely, _ in rule.effects:
            values[option][criterion] += chance * likely
        for criterion, added in rule.points:
            points[criterion] += chance * added
        for option in rule.vetoes:
            clear[option] *= 1.0 - chance
    total = sum(points)
    weights = [p / total for p in points]
    scores = [sum(map(mul, weights, row)) for row in values]
    return Evaluation(found, values, weights, scores, [1.0 - c for c in clear])
