"""Golden scenarios: published decisions and hard technical facts keep the rules honest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.facts.answers import answer_from
from advisor.facts.fact import Fact

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_scenario(tables: Tables, path: Path) -> None:
    scenario: dict[str, Any] = yaml.safe_load(path.read_text())
    assert scenario["basis"] and scenario["sources"], "a scenario rests on something"
    facts = [
        Fact(name, answer_from(tables.space.questions[name], value), "file")
        for name, value in scenario["answers"].items()
    ]
    advice = advise(tables, facts, created="now", samples=3000)
    expect = scenario["expect"]
    found = {
        "choice": advice.verdict.choice,
        "strength": advice.verdict.strength,
        "between": advice.between_pytorch_and_tensorflow.choice,
    }
    for key in ("choice", "strength", "between"):
        if key in expect:
            valid = expect[key] if isinstance(expect[key], list) else [expect[key]]
            assert found[key] in valid, f"{key}: {found} {advice.ranking}"
    if "not_choice" in expect:
        assert advice.verdict.choice != expect["not_choice"]
    assert set(expect.get("instead_includes", [])) <= {part.system for part in advice.instead}
    stack = {part.role: part.system for part in advice.stack}
    assert expect.get("stack", {}).items() <= stack.items(), stack


def test_there_are_enough_and_every_kind_of_answer_is_among_them() -> None:
    expected = [yaml.safe_load(path.read_text())["expect"].get("choice") for path in SCENARIOS]
    choices = {c for e in expected for c in (e if isinstance(e, list) else [e])}
    assert len(SCENARIOS) >= 30
    assert {"pytorch", "tensorflow", "keras", "jax", "none"} <= choices
