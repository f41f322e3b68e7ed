"""Answers kept between starts: what fits the questions comes back, everything else is left out."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from advisor.facts.fact import Fact
from advisor.interview import Interview
from advisor.saved import NAME, clear, restore, save
from knowledge.base import load
from tests.knowledge.small_base import SMALL

QUESTIONS = load(base=SMALL).questions
FACTS = [
    Fact("goal", "research", "asked"),
    Fact("targets", ("server", "phone"), "flag"),
    Fact("model-size", 7.123456789, "file"),
    Fact("offline", True, "probe"),
    Fact("training-hardware", "does-not-apply", "asked"),
    Fact("priorities", (), "asked"),
]


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    assert save(tmp_path / "deeper" / "state", FACTS)
    assert restore(tmp_path / "deeper" / "state", QUESTIONS) == FACTS
    assert os.listdir(tmp_path / "deeper" / "state") == [NAME]  # noqa: PTH208 — hidden files too
    clear(tmp_path / "deeper" / "state")
    clear(tmp_path / "deeper" / "state")
    assert restore(tmp_path / "deeper" / "state", QUESTIONS) == []


def test_answers_that_no_longer_fit_are_left_out(tmp_path: Path) -> None:
    content = {
        "goal": {"value": "withdrawn-choice", "source": "asked"},
        "gone": {"value": "x", "source": "asked"},
        "offline": {"value": False, "source": "invented"},
        "model-size": {"value": 10**400, "source": []},
        "targets": ["server"],
    }
    (tmp_path / NAME).write_text(json.dumps(content))
    assert restore(tmp_path, QUESTIONS) == [Fact("offline", False, "asked")]


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(st.text(), deeper, max_size=3),
)


@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.binary(max_size=50)
    | st.dictionaries(
        st.sampled_from(sorted(QUESTIONS)), ANY | st.fixed_dictionaries({"value": ANY})
    )
)
@example(content=b"[" * 100_000)
@example(content=b'{"model-size": {"value": 1' + b"0" * 9000 + b"}}")
def test_whatever_lies_there_a_start_goes_on(tmp_path: Path, content: Any) -> None:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    (tmp_path / NAME).write_bytes(raw)
    for fact in restore(tmp_path, QUESTIONS):
        assert fact.id in QUESTIONS


def test_a_place_that_cannot_be_written_is_said_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert not save(tmp_path / "file", FACTS)
    assert restore(tmp_path / "file", QUESTIONS) == []
    clear(tmp_path / "file")
    (tmp_path / "state" / NAME).mkdir(parents=True)
    assert not save(tmp_path / "state", FACTS)
    assert [path.name for path in (tmp_path / "state").iterdir()] == [NAME]
    assert restore(tmp_path / "state", QUESTIONS) == []
    clear(tmp_path / "state")


@pytest.mark.parametrize("ask_all", [True, False])
def test_an_interview_starts_where_the_saved_answers_end(ask_all: bool) -> None:
    from advisor.engine.tables import Tables

    asking = Interview(Tables(load(base=SMALL)), FACTS, ask_all=ask_all)
    assert asking.next_question() is None
    assert asking.facts == FACTS
    asking.forget("goal")
    asked = asking.next_question()
    assert asked is not None and asked.id == "goal"
    assert asking.back() is None
