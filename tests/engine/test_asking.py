"""Which question is next, and when asking stops."""

from __future__ import annotations

from math import log
from random import Random
from typing import Any

import pytest

from advisor.engine.asking import WORTH_STOPPING, Completions, information, worth_asking
from advisor.engine.decide import decide, open_gains
from advisor.engine.evaluate import evaluate
from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW
from advisor.engine.tables import Tables
from advisor.engine.what_if import gains, settles_veto
from advisor.interview import Interview

from .test_unknown_answers import CLEAR_CASES


def test_unrelated_columns_tell_nothing_on_average() -> None:
    random = Random(4)
    found = []
    for _ in range(300):
        cells = [random.randrange(4) for _ in range(200)]
        winners = [random.randrange(3) for _ in range(200)]
        found.append(information(cells, winners))
    assert sum(found) / len(found) == pytest.approx(0.0, abs=0.001)


def test_a_column_that_decides_tells_all() -> None:
    cells = [n % 2 for n in range(200)]
    assert information(cells, cells) == pytest.approx(log(2) - 1 / 400)


def test_the_order_of_asking_is_the_same_every_time_and_everywhere(tables: Tables) -> None:
    answers: dict[str, Any] = {"goal": "product", "team-experience": "tensorflow-keras"}
    orders = [[gain.question for gain in open_gains(tables, answers)] for _ in range(2)]
    assert orders[0] == orders[1] == [gain.question for gain in decide(tables, answers).gains]
    asking = Interview(tables)
    for name, value in answers.items():
        asking.answer(name, value)
    question = asking.next_question()
    assert question is not None and question.id == orders[0][0]


def test_what_opens_a_conversation_and_what_settles_a_veto_goes_first(tables: Tables) -> None:
    first = open_gains(tables, {})[0]
    assert tables.space.questions[first.question].opens
    answers: dict[str, Any] = {"goal": "product"}
    found = open_gains(tables, answers)
    deciding = [settles_veto(gain) for gain in found]
    assert deciding == sorted(deciding, reverse=True)


def test_nothing_is_asked_where_everything_is_proven(tables: Tables) -> None:
    assert open_gains(tables, CLEAR_CASES[0]) == []


@pytest.mark.parametrize("case", CLEAR_CASES)
def test_asking_stops_only_where_the_open_answers_lose_next_to_nothing(
    tables: Tables, case: dict[str, Any]
) -> None:
    """Answers are taken away one by one: where nothing is asked, completions agree."""
    answers = dict(case)
    stopped = 0
    for name in list(case):
        state = tables.space.encode(answers)
        evaluation = evaluate(tables, state)
        found = gains(tables, answers, state, evaluation, [])
        if not worth_asking(tables, state, evaluation, found):
            stopped += 1
            loss = Completions(tables, state, evaluation, seed=99).loss
            assert loss < 4 * WORTH_STOPPING
        del answers[name]
    assert stopped < len(case)


@pytest.mark.parametrize("answer", [DONT_KNOW, DOES_NOT_APPLY])
def test_a_question_that_was_answered_with_a_shrug_is_not_asked_again(
    tables: Tables, answer: str
) -> None:
    asking = Interview(tables)
    asked = []
    while (question := asking.next_question()) is not None:
        asked.append(question.id)
        asking.answer(question.id, answer)
        assert len(asked) <= len(tables.space.questions)
    assert len(set(asked)) == len(asked)
