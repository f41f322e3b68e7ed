"""The stack around the choice: one system per role, each with its reason."""

from __future__ import annotations

from typing import get_args

from advisor.documents.advice import Instead, StackPart
from advisor.engine.decide import Decision
from advisor.engine.tables import Tables
from knowledge.model.pick import Pick
from knowledge.model.rule import VetoRule
from knowledge.model.system import Role

ROLES: tuple[str, ...] = get_args(Role)
"""The order in which a stack is shown."""


LIKELY = 0.3
"""Chance from which a veto that hangs on an open answer is worth naming what serves instead."""


def stack_for(tables: Tables, decision: Decision, option: str) -> tuple[StackPart, ...]:
    """Return the systems for `option`: only picks whose conditions certainly hold."""
    best: dict[str, Pick] = {}
    for pick in tables.knowledge.picks.values():
        if pick.options and option not in pick.options:
            continue
        tests = [tables.space.test(atom) for atom in pick.when]
        if any(tables.space.likelihood(decision.state, test) < 1.0 for test in tests):
            continue
        rival = best.get(pick.role)
        if rival is None or _strength(pick) > _strength(rival):
            best[pick.role] = pick
    return tuple(
        StackPart(role, best[role].system, best[role].why, best[role].because, best[role].id)
        for role in ROLES
        if role in best
    )


def _strength(pick: Pick) -> tuple[int, int, str]:
    return pick.priority, len(pick.when), pick.id


def instead_of_all(tables: Tables, decision: Decision) -> tuple[Instead, ...]:
    """Return the systems named by vetoes that hold, or probably do, each once."""
    found: dict[str, Instead] = {}
    firings = [f for f in decision.evaluation.firings if f[0].vetoes and f[1] >= LIKELY]
    for compiled, _ in sorted(firings, key=lambda firing: -firing[1]):
        rule = tables.knowledge.rules[compiled.id]
        if isinstance(rule, VetoRule):
            for system in rule.instead:
                if system not in tables.knowledge.systems:
                    continue  # an overlay withdrew it
                found.setdefault(system, Instead(system, rule.text, rule.because))
    return tuple(found.values())
