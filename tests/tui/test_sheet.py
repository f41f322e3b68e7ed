"""Marking answers, without any screen."""

from __future__ import annotations

import pytest

from advisor.facts.answers import answer_from
from advisor.facts.fact import Fact
from advisor.tui.sheet import CONTINUE, NONE, Sheet
from knowledge.base import Knowledge


@pytest.mark.parametrize(
    "name", ["goal", "targets", "model-size", "offline", "team-knows", "priorities"]
)
def test_every_row_gives_a_valid_answer(small: Knowledge, name: str) -> None:
    question = small.questions[name]
    sheet = Sheet(question, None)
    for shown in sheet.rows():
        value = sheet.answer_of(shown.id)
        assert answer_from(question, value) == value


def test_a_choice_called_none_is_not_the_row_none_of_these(small: Knowledge) -> None:
    assert Sheet(small.questions["team-knows"], None).answer_of("none") == "none"
    assert Sheet(small.questions["targets"], None).answer_of(NONE) == ()


def test_a_ranking_keeps_the_order_of_picking_and_its_limit(small: Knowledge) -> None:
    sheet = Sheet(small.questions["priorities"], None)
    assert [sheet.toggle(c) for c in ("team", "libraries")] == ["", ""]
    assert "are picked" in sheet.toggle("speed")
    assert sheet.answer_of(CONTINUE) == ("team", "libraries")
    sheet.toggle("team")
    assert [r.mark for r in sheet.rows()][:3] == ["[1]", "[ ]", "[ ]"]


def test_the_answer_that_stands_is_marked(small: Knowledge) -> None:
    sheet = Sheet(small.questions["offline"], Fact("offline", False, "asked"))
    assert [r.mark for r in sheet.rows()] == ["( )", "(•)", "( )", "( )"]
    open_sheet = Sheet(small.questions["goal"], Fact("goal", "dont-know", "asked"))
    assert {r.id: r.mark for r in open_sheet.rows()}["dont-know"] == "(•)"


def test_what_is_only_not_so_marks_nothing_and_an_answer_replaces_it(small: Knowledge) -> None:
    sheet = Sheet(small.questions["targets"], Fact("targets", ("-phone",), "text"))
    rows = {r.id: r for r in sheet.rows()}
    assert rows["phone"].label == "not: On phones" and CONTINUE not in rows
    assert {r.mark for r in rows.values()} == {"[ ]", "( )"}
    assert sheet.answer_of("server") == ("server",)
    sheet.toggle("phone")
    assert sheet.answer_of(CONTINUE) == ("phone",)
    assert {r.id: r for r in sheet.rows()}["phone"].label == "On phones"
