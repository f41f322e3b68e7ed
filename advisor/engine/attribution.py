"""Who pushed the margin how far: exact, additive, nothing left over.

Value terms count at the base weights; a weight rule counts with what it moves. With base points
P⁰ (sum T⁰) and final points P = P⁰ + Σ Δᵣ (sum T), w − w⁰ = Σᵣ (Δᵣ − w⁰·ΣΔᵣ) / T holds exactly,
so the shares of all terms add up to the margin of one option over another.
"""

from __future__ import annotations

import msgspec

from .evaluate import Evaluation
from .tables import Tables


class Push(msgspec.Struct, frozen=True):
    """A term's share of the margin of one option over another.

    `rule` is None for a base value; `criterion` is None for a weight rule. `chance` below 1 means
    that an open answer decides whether the term counts.
    """

    rule: str | None
    criterion: str | None
    push: float
    chance: float


def pushes(tables: Tables, evaluation: Evaluation, ahead: int, behind: int) -> list[Push]:
    """Return all terms of the margin of `ahead` over `behind`; their sum is the margin."""
    base_total = sum(tables.points)
    base_weights = [p / base_total for p in tables.points]
    difference = [
        a - b for a, b in zip(evaluation.values[ahead], evaluation.values[behind], strict=True)
    ]
    found = [
        Push(
            None,
            name,
            base_weights[c] * (tables.base[ahead][c] - tables.base[behind][c]),
            1.0,
        )
        for c, name in enumerate(tables.criteria)
    ]
    total = base_total + sum(
        chance * sum(added for _, added in rule.points) for rule, chance in evaluation.firings
    )
    for rule, chance in evaluation.firings:
        by_criterion: dict[int, float] = {}
        for option, criterion, likely, _ in rule.effects:
            sign = (option == ahead) - (option == behind)
            if sign:
                by_criterion[criterion] = by_criterion.get(criterion, 0.0) + sign * chance * likely
        found += [
            Push(rule.id, tables.criteria[c], base_weights[c] * moved, chance)
            for c, moved in by_criterion.items()
        ]
        if rule.points:
            added_total = sum(added for _, added in rule.points)
            moved = sum(added * difference[c] for c, added in rule.points) - added_total * sum(
                w * d for w, d in zip(base_weights, difference, strict=True)
            )
            found.append(Push(rule.id, None, chance * moved / total, chance))
    return [term for term in found if term.push]
