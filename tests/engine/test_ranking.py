"""The winner does not depend on who else is in the list, or on the order of the list."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from advisor.engine.evaluate import evaluate
from advisor.engine.tables import Tables
from knowledge.base import Knowledge
from knowledge.loading.compiled import encode
from knowledge.model.kinds import KINDS
from knowledge.model.rule import ValueRule, VetoRule

CASES: list[dict[str, Any]] = [
    {},
    {"goal": "research", "team-experience": "pytorch"},
    {"existing-infrastructure": ("tfx", "tf-serving"), "team-experience": "tensorflow-keras"},
    {"training-hardware": "tpu", "training-scale": "tpu-pod", "task": "pretrain"},
    {"targets": ("microcontroller",), "goal": "product"},
]


def rebuilt(knowledge: Knowledge, **changed: list[Any]) -> Tables:
    entries = {kind: list(knowledge.kind(kind).values()) for kind in KINDS}
    entries.update(changed)
    return Tables(Knowledge(encode(entries, "s", "d", knowledge.as_of, [], {})[1]))


def order_of(tables: Tables, case: dict[str, Any]) -> list[str]:
    evaluation = evaluate(tables, tables.space.encode(case))
    return [tables.options[o] for o in evaluation.order()]


@pytest.mark.parametrize("case", CASES)
def test_permuting_the_options_changes_nothing(
    knowledge: Knowledge, tables: Tables, case: dict[str, Any]
) -> None:
    turned = rebuilt(knowledge, option=list(reversed(knowledge.options.values())))
    assert order_of(turned, case) == order_of(tables, case)


@pytest.mark.parametrize("case", CASES)
def test_removing_a_loser_never_changes_the_winner(
    knowledge: Knowledge, tables: Tables, case: dict[str, Any]
) -> None:
    winner, *losers = order_of(tables, case)
    for loser in losers:
        kept = [o for o in knowledge.options.values() if o.id != loser]
        smaller = rebuilt(knowledge, option=kept, rule=without(knowledge, loser))
        assert order_of(smaller, case)[0] == winner


def without(knowledge: Knowledge, loser: str) -> list[Any]:
    rules: list[Any] = []
    for rule in knowledge.rules.values():
        if isinstance(rule, ValueRule):
            effects = {o: e for o, e in rule.effects.items() if o != loser}
            rules.append(msgspec.structs.replace(rule, effects=effects))
        elif isinstance(rule, VetoRule):
            options = tuple(o for o in rule.options if o != loser)
            rules.append(msgspec.structs.replace(rule, options=options))
        else:
            rules.append(rule)
    return rules


@pytest.mark.parametrize("case", CASES)
def test_a_clone_stands_beside_its_original(
    knowledge: Knowledge, tables: Tables, case: dict[str, Any]
) -> None:
    winner = order_of(tables, case)[0]
    clone = msgspec.structs.replace(knowledge.options[winner], id="clone")
    rules: list[Any] = []
    for rule in knowledge.rules.values():
        if isinstance(rule, ValueRule) and winner in rule.effects:
            effects = {**rule.effects, "clone": rule.effects[winner]}
            rules.append(msgspec.structs.replace(rule, effects=effects))
        elif isinstance(rule, VetoRule) and winner in rule.options:
            rules.append(msgspec.structs.replace(rule, options=(*rule.options, "clone")))
        else:
            rules.append(rule)
    twice = Tables(
        Unchecked(knowledge, {**knowledge.options, "clone": clone}, {r.id: r for r in rules})
    )
    assert set(order_of(twice, case)[:2]) == {winner, "clone"}


class Unchecked:
    """A knowledge base with an option whose id the file format would not allow."""

    def __init__(self, knowledge: Knowledge, options: dict, rules: dict) -> None:
        self.options, self.rules = options, rules
        self.criteria, self.questions = knowledge.criteria, knowledge.questions
        self.picks, self.as_of = knowledge.picks, knowledge.as_of
