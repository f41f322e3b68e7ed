"""Which option wins how much of the answer space: whether the questions do their work.

    python benchmarks/answer_space.py [CASES]

Draws seeded complete answers question by question, each from the shares among users with the
answers drawn so far, and prints the share of cases each option wins, in all and by what the team
works with. These are shares of assumed users, not of real ones.
"""

from __future__ import annotations

import sys
from collections import Counter
from random import Random
from typing import Any

from advisor.engine.changing import alternatives
from advisor.engine.evaluate import evaluate
from advisor.engine.tables import Tables
from knowledge.base import load

FIRST = ("goal", "existing-code", "team-experience", "domain", "targets")
SEED = 20261120


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    tables, random = Tables(load()), Random(SEED)
    rest = [name for name in tables.space.questions if name not in FIRST]
    won: Counter[str] = Counter()
    by_team: dict[str, Counter[str]] = {}
    for _ in range(cases):
        answers = draw(tables, random, [*FIRST, *rest])
        leader = evaluate(tables, tables.space.encode(answers)).leader
        name = "none" if leader is None else tables.options[leader]
        won[name] += 1
        by_team.setdefault(str(answers["team-experience"]), Counter())[name] += 1
    names = [*tables.options, "none"]
    print("team".ljust(18) + "".join(name.rjust(12) for name in names))
    for team, counts in [("all", won), *sorted(by_team.items())]:
        total = counts.total()
        shares = "".join(f"{100 * counts[name] / total:10.1f} %" for name in names)
        print(team.ljust(18) + shares)


def draw(tables: Tables, random: Random, order: list[str]) -> dict[str, Any]:
    """Draw an answer to every question, given those drawn before."""
    answers: dict[str, Any] = {}
    for name in order:
        question = tables.space.questions[name]
        state = tables.space.encode(answers)
        found = [a for a in alternatives(tables, question, state) if a.share > 0]
        if question.kind == "several":
            single = [a for a in found if a.answer]
            answers[name] = tuple(a.answer[0] for a in single if random.random() < a.share)
        elif question.kind == "ranking":
            members = [choice.id for choice in question.choices]
            answers[name] = tuple(random.sample(members, question.most))
        else:
            (chosen,) = random.choices(found, [a.share for a in found])
            answers[name] = chosen.answer
    return answers


if __name__ == "__main__":
    main()
