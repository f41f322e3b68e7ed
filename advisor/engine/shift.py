"""Evaluates a state that differs little from one that was evaluated: only what changed is redone.

Questions are compared by trying their answers; each try touches a tenth of the rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from .evaluate import Evaluation, Firing, evaluate, finish, firings_of, measured_criteria
from .space import State
from .tables import CompiledRule, Tables


class Shifter:
    """Holds one evaluated state and evaluates its neighbours."""

    def __init__(
        self,
        tables: Tables,
        state: State,
        evaluation: Evaluation,
        extra: Sequence[CompiledRule] = (),
    ) -> None:
        """Start from an evaluation of `state`."""
        self.tables = tables
        self.state = state
        self.extra = extra
        self.chances = {rule.id: chance for rule, chance in evaluation.firings}
        self.values = evaluation.values
        self.measured = measured_criteria(extra)
        total = sum(tables.points) + sum(
            chance * sum(added for _, added in rule.points) for rule, chance in evaluation.firings
        )
        self.points = [weight * total for weight in evaluation.weights]
        self.vetoes = [firing for firing in evaluation.firings if firing[0].vetoes]

    def evaluate(self, state: State) -> Evaluation:
        """Return what `state` comes to; `firings` hold only the rules that changed."""
        changed = differences(self.state, state)
        if len(changed) > len(state.possible) // 2:
            return evaluate(self.tables, state, self.extra)
        rules: dict[str, CompiledRule] = {}
        for index in changed:
            for rule in self.tables.listening[index]:
                rules[rule.id] = rule
        found = firings_of(self.tables, state, rules.values(), self.measured)
        chances = {rule.id: chance for rule, chance in found}
        values, points = [row[:] for row in self.values], self.points[:]
        for rule in rules.values():
            moved = chances.get(rule.id, 0.0) - self.chances.get(rule.id, 0.0)
            if moved:
                for option, criterion, likely, _ in rule.effects:
                    values[option][criterion] += moved * likely
                for criterion, added in rule.points:
                    points[criterion] += moved * added
        return self._finish(found, rules, values, points)

    def _finish(
        self,
        found: list[Firing],
        touched: dict[str, CompiledRule],
        values: list[list[float]],
        points: list[float],
    ) -> Evaluation:
        clear = [1.0] * len(values)
        for rule, chance in [f for f in self.vetoes if f[0].id not in touched] + found:
            for option in rule.vetoes:
                clear[option] *= 1.0 - chance
        return finish(found, points, values, clear)


def differences(state: State, other: State) -> set[int]:
    """Return the variables of which two states know different things."""
    found = set()
    if state.possible != other.possible:
        pairs = zip(state.possible, other.possible, strict=True)
        found |= {index for index, (one, two) in enumerate(pairs) if one != two}
    if state.absence != other.absence:
        parts = zip(state.absence, other.absence, strict=True)
        found |= {index for index, (one, two) in enumerate(parts) if one != two}
    if state.shares != other.shares:
        for index in state.shares.keys() | other.shares.keys():
            if state.shares.get(index) != other.shares.get(index):
                found.add(index)
    return found
