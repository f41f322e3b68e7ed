"""Proof that no open answer can change who comes first.

For a pair of options the sign of the margin is that of Σ points·difference. Every criterion gets
an interval for its points and one for its difference over all completions of the open answers;
the lowest sum is a bound that no completion can undercut. It is conservative: it may fail to
prove what is so, never the reverse. Bounds are on differences, not on each option's score.
"""

from __future__ import annotations

from collections.abc import Callable

from .evaluate import Evaluation, Firing
from .space import Space, State
from .tables import CompiledRule, Tables

Interval = tuple[float, float]


def lowest_margin(
    tables: Tables, state: State, evaluation: Evaluation, ahead: int, behind: int
) -> float:
    """Return a lower bound of Σ points·(value ahead − value behind) over all completions."""
    lowest = 0.0
    for criterion in range(len(tables.criteria)):
        difference = tables.base[ahead][criterion] - tables.base[behind][criterion]

        def moved(rule: CompiledRule, c: int = criterion) -> float:
            return sum(
                likely * ((option == ahead) - (option == behind))
                for option, where, likely, _ in rule.effects
                if where == c
            )

        def added(rule: CompiledRule, c: int = criterion) -> float:
            return sum(points for where, points in rule.points if where == c)

        low, _ = _interval(tables.space, state, evaluation.firings, moved)
        few, many = _interval(tables.space, state, evaluation.firings, added)
        few, many = few + tables.points[criterion], many + tables.points[criterion]
        low += difference
        lowest += low * (few if low >= 0 else many)
    return lowest


def is_certain(tables: Tables, state: State, evaluation: Evaluation, leader: int) -> bool:
    """Say whether the leader stays first whatever the open answers turn out to be."""
    if evaluation.veto_chance[leader] > 0:
        return False
    return all(
        lowest_margin(tables, state, evaluation, leader, other) > 0
        for other in range(len(tables.options))
        if other != leader and evaluation.veto_chance[other] < 1
    )


def _interval(
    space: Space, state: State, found: list[Firing], amount: Callable[[CompiledRule], float]
) -> Interval:
    """Return lowest and highest sum of `amount` over completions.

    Rules that hang on one open variable are summed per cell, so exclusive answers do not add up;
    rules on several open variables count as present or absent, whichever is worse.
    """
    low = high = 0.0
    by_variable: dict[int, list[tuple[int, float]]] = {}
    for rule, chance in found:
        value = amount(rule)
        if not value:
            continue
        if chance >= 1.0:
            low, high = low + value, high + value
            continue
        unsettled = {i for i, mask in rule.tests if state.possible[i] & ~mask}
        if len(unsettled) == 1:
            index = unsettled.pop()
            mask = state.possible[index]
            for i, inside in rule.tests:
                if i == index:
                    mask &= inside
            by_variable.setdefault(index, []).append((mask, value))
        else:
            low, high = low + min(value, 0.0), high + max(value, 0.0)
    for index, terms in by_variable.items():
        possible = state.possible[index]
        sums = [
            sum(value for mask, value in terms if mask >> cell & 1)
            for cell in range(len(space.variables[index].cells) + 1)
            if possible >> cell & 1
        ]
        low, high = low + min(sums), high + max(sums)
    return low, high
