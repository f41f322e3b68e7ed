"""A team: who would choose what, the smallest regret for the worst-off, what divides them."""

from __future__ import annotations

import pytest

from advisor.beside.team import team_document
from advisor.documents.team import Team
from advisor.engine.tables import Tables

from .test_comparison import CHIP, SERVER, answered

RESEARCHER = {**SERVER, "goal": "research", "team-experience": "jax", "domain": "science"}


def team(tables: Tables, **members: dict[str, object]) -> Team:
    named = [(name, answered(tables, answers)) for name, answers in members.items()]
    return team_document(tables, named, created="now")


def test_the_option_for_all_has_the_smallest_worst_regret(tables: Tables) -> None:
    document = team(tables, anna=SERVER, ben=CHIP, cleo=RESEARCHER)
    worst = [t.worst for t in document.options if t.worst is not None]
    assert worst == sorted(worst)
    assert document.choice == document.options[0].option
    for together in document.options:
        if together.worst is not None:
            assert together.worst == max(r for r in together.regrets if r is not None)


def test_nobody_regrets_their_own_first_choice(tables: Tables) -> None:
    document = team(tables, anna=SERVER, ben=RESEARCHER)
    for number, member in enumerate(document.members):
        own = [t.regrets[number] for t in document.options]
        assert min(r for r in own if r is not None) == pytest.approx(0)
        best = document.options[own.index(min(r for r in own if r is not None))].option
        assert best == member.standing.ranking[0].option


def test_a_team_of_one_mind_agrees(tables: Tables) -> None:
    document = team(tables, anna=SERVER, ben=SERVER)
    assert document.agreed and document.divided == ()
    assert document.choice == document.members[0].standing.choice
    assert document.options[0].worst == pytest.approx(0)


def test_what_is_not_feasible_for_one_is_not_for_all(tables: Tables) -> None:
    browser = {**SERVER, "targets": ("browser-training",)}
    document = team(tables, anna=SERVER, ben=browser)
    out = {t.option for t in document.options if t.worst is None}
    assert out == {"pytorch", "keras", "jax"}
    assert document.choice == "tensorflow"


def test_if_nothing_is_feasible_for_everybody_no_option_is_named(tables: Tables) -> None:
    finished = {"goal": "run-only", "targets": ("android",)}
    document = team(tables, anna=SERVER, ben=finished)
    assert document.choice == "none"
    assert all(t.worst is None for t in document.options)


def test_the_question_that_divides_most_stands_first(tables: Tables) -> None:
    document = team(tables, anna=SERVER, ben=CHIP)
    explains = [d.explains for d in document.divided]
    assert explains == sorted(explains, reverse=True)
    assert {d.question for d in document.divided} == {"targets", "team-experience"}


def test_the_order_of_members_changes_no_figure(tables: Tables) -> None:
    one, other = team(tables, a=SERVER, b=RESEARCHER), team(tables, b=RESEARCHER, a=SERVER)
    assert [(t.option, t.worst) for t in one.options] == [
        (t.option, t.worst) for t in other.options
    ]
    assert one.choice == other.choice
