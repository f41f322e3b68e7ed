"""Conditions on answers: only what certainly holds picks an item."""

from __future__ import annotations

import pytest

from advisor.migration.conditions import Answers, all_hold, holds
from knowledge.model.condition import Atom

ANSWERS: Answers = {
    "domain": "vision",
    "targets": ("android", "server"),
    "existing-code-size": 20.0,
    "priorities": ("speed", "team-fit"),
    "flag": True,
    "goal": "dont-know",
    "task": "does-not-apply",
}


@pytest.mark.parametrize(
    ("atom", "expected"),
    [
        (Atom(fact="domain", is_="vision"), True),
        (Atom(fact="domain", is_="text"), False),
        (Atom(fact="domain", is_not="text"), True),
        (Atom(fact="domain", any_of=("text", "vision")), True),
        (Atom(fact="domain", any_of=("text",)), False),
        (Atom(fact="targets", includes="android"), True),
        (Atom(fact="targets", includes="browser"), False),
        (Atom(fact="targets", excludes="browser"), True),
        (Atom(fact="targets", excludes="android"), False),
        (Atom(fact="existing-code-size", at_least=20), True),
        (Atom(fact="existing-code-size", below=20), False),
        (Atom(fact="priorities", first="speed"), True),
        (Atom(fact="priorities", first="team-fit"), False),
        (Atom(fact="flag", is_=True), True),
    ],
)
def test_a_condition_holds_for_what_was_said(atom: Atom, expected: bool) -> None:
    assert holds(atom, ANSWERS) is expected


@pytest.mark.parametrize("fact", ["goal", "task", "never-asked"])
def test_an_open_answer_holds_nothing_not_even_a_negation(fact: str) -> None:
    assert not holds(Atom(fact=fact, is_="product"), ANSWERS)
    assert not holds(Atom(fact=fact, is_not="product"), ANSWERS)
    assert not holds(Atom(fact=fact, excludes="product"), ANSWERS)
    assert not holds(Atom(fact=fact, below=3), ANSWERS)


def test_all_conditions_have_to_hold() -> None:
    vision, text = Atom(fact="domain", is_="vision"), Atom(fact="domain", is_="text")
    assert all_hold((), ANSWERS) and all_hold((vision,), ANSWERS)
    assert not all_hold((vision, text), ANSWERS)
