"""What is measured follows from what the machine is for."""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest

from advisor.engine.tables import Tables
from advisor.facts.answers import answer_from
from advisor.facts.workloads import MOST_WORKLOADS, workloads_for
from knowledge.base import load


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables(load())


def wanted(tables: Tables, **answers: Any) -> list[str]:
    questions = tables.space.questions
    given = {name.replace("_", "-"): value for name, value in answers.items()}
    return workloads_for(tables, {n: answer_from(questions[n], v) for n, v in given.items()})


@pytest.mark.parametrize(
    ("domain", "first"),
    [("vision", "cnn"), ("tabular", "embedding"), ("time-series", "lstm"), ("text", "train-step")],
)
def test_the_workload_of_a_domain_comes_first(tables: Tables, domain: str, first: str) -> None:
    found = wanted(tables, domain=domain, training_hardware="cpu")
    assert found[0] == first
    assert len(found) <= MOST_WORKLOADS


def test_without_answers_none_is_preferred(tables: Tables) -> None:
    assert wanted(tables) == []


def test_a_workload_for_a_card_does_not_count_on_the_processor(tables: Tables) -> None:
    for_cards, for_processors = only_for(tables, "gpu"), only_for(tables, "cpu")
    on_cards = {"training_hardware": "nvidia-gpu", "inference_hardware": "nvidia-gpu"}
    on_processors = {"training_hardware": "cpu", "inference_hardware": "cpu"}
    for domain in ("vision", "text", "tabular", "time-series"):
        assert wanted(for_cards, domain=domain, **on_cards)
        assert wanted(for_cards, domain=domain, **on_processors) == []
        assert wanted(for_processors, domain=domain, **on_processors)
        assert wanted(for_processors, domain=domain, **on_cards) == []


def only_for(tables: Tables, device: str) -> Tables:
    """Return tables in which only measurements on one kind of device count."""
    made = copy(tables)
    made.measures = [one for one in tables.measures if one.rule.device == device]
    return made
