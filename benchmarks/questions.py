"""How many questions are asked until the adviser stops, and whether the choice is then right.

    python benchmarks/questions.py

Simulated users answer from the golden scenarios, "don't know" where a scenario is silent. Two ways
to ask are compared: the fixed order, which stops only when nothing can change the choice, and the
most useful question first. Right means: the choice that all answers of the scenario lead to.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from advisor.engine.bounds import is_certain
from advisor.engine.evaluate import evaluate
from advisor.engine.space import DONT_KNOW, Answer
from advisor.engine.tables import Tables
from advisor.facts.answers import answer_from
from advisor.interview import Interview
from knowledge.base import load

SCENARIOS = Path(__file__).parents[1] / "knowledge" / "scenarios"
FEWER = 0.25
"""By how much the questions have to get fewer."""

Answers = dict[str, Answer]
Way = Callable[[Tables, Answers], Answers]


def main() -> int:
    tables = Tables(load())
    users = [
        {
            name: answer_from(tables.space.questions[name], value)
            for name, value in yaml.safe_load(path.read_text())["answers"].items()
        }
        for path in sorted(SCENARIOS.glob("*.yaml"))
    ]
    found = {}
    for name, way in (("fixed order", fixed), ("most useful first", useful)):
        asked, right, seconds = [], 0, []
        for user in users:
            start = time.perf_counter()
            answers = way(tables, user)
            seconds.append((time.perf_counter() - start) / max(len(answers), 1))
            asked.append(len(answers))
            right += leader(tables, answers) == leader(tables, user)
        found[name] = statistics.mean(asked), right
        print(
            f"{name:20} {found[name][0]:5.1f} questions on average (median "
            f"{statistics.median(asked):g}), choice right {right} of {len(users)}, "
            f"{1000 * statistics.median(seconds):.1f} ms per question"
        )
    (before, right_before), (after, right_after) = found.values()
    fewer = 1 - after / before
    print(f"{100 * fewer:.0f} % fewer (wanted: {100 * FEWER:.0f} % at equal accuracy)")
    return 0 if fewer >= FEWER and right_after >= right_before else 1


def leader(tables: Tables, answers: Answers) -> int | None:
    return evaluate(tables, tables.space.encode(answers)).leader


def fixed(tables: Tables, user: Answers) -> Answers:
    """Ask everything that applies, in the order of the form, until all is certain."""
    answers: Answers = {}
    for name in tables.space.questions:
        state = tables.space.encode(answers)
        evaluation = evaluate(tables, state)
        first = evaluation.leader
        if first is not None and is_certain(tables, state, evaluation, first):
            break
        if not tables.space.answered(state, name):
            answers[name] = user.get(name, DONT_KNOW)
    return answers


def useful(tables: Tables, user: Answers) -> Answers:
    """Ask as the interview does."""
    asking = Interview(tables)
    while (question := asking.next_question()) is not None:
        asking.answer(question.id, user.get(question.id, DONT_KNOW))
    return asking.answers


if __name__ == "__main__":
    sys.exit(main())
