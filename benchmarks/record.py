"""The record of being right: golden scenarios answered from structured answers and from text.

    python benchmarks/record.py [-v] [SAMPLES]

For each way: share of right first choices, options that must not come first, systems of the stack
that were named as expected, stale systems named, and the Brier score of the support.
"""

from __future__ import annotations

import sys
from collections import Counter

from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.facts.answers import fitting
from advisor.facts.fact import Fact
from advisor.reading.read import read
from advisor.record.judging import (
    brier,
    first_choice_is_right,
    other_slips,
    stack_hits,
    stale,
    violations,
)
from advisor.record.scenarios import Scenario, scenarios
from knowledge.base import Knowledge, load


def main() -> None:
    verbose = "-v" in sys.argv
    numbers = [word for word in sys.argv[1:] if word.isdigit()]
    samples = int(numbers[0]) if numbers else 1000
    knowledge = load()
    tables = Tables(knowledge)
    book = scenarios()
    print(f"{len(book)} scenarios, {samples} samples")
    for way in ("structured", "text"):
        tally: Counter[str] = Counter()
        score = 0.0
        for scenario in book:
            facts = scenario.facts(knowledge) if way == "structured" else typed(scenario, knowledge)
            advice = advise(tables, facts, created="now", samples=samples)
            slips = []
            if scenario.choices:
                tally["asked"] += 1
                right = first_choice_is_right(scenario, advice)
                tally["right"] += right
                score += brier(scenario, advice)
                if not right:
                    slips.append(f"{advice.verdict.choice} instead of {scenario.choices}")
            for slip in violations(scenario, advice):
                tally["violations"] += 1
                slips.append("VIOLATION " + slip)
            for words, hit in stack_hits(scenario, advice):
                tally["expected systems"] += 1
                tally["named systems"] += hit
                if not hit:
                    slips.append(words)
            for system in stale(scenario, advice, knowledge):
                tally["stale"] += 1
                slips.append(f"stale {system}")
            for slip in other_slips(scenario, advice):
                tally["other"] += 1
                slips.append(slip)
            if verbose and slips:
                print(f"  {way[0]} {scenario.name} [{advice.verdict.strength}]: {'; '.join(slips)}")
        print(
            f"{way:11} first choice {tally['right']}/{tally['asked']}"
            f" = {100 * tally['right'] / tally['asked']:.1f} %,"
            f" violations {tally['violations']},"
            f" stack {tally['named systems']}/{tally['expected systems']},"
            f" stale {tally['stale']}, other slips {tally['other']},"
            f" Brier {score / tally['asked']:.3f}"
        )


def typed(scenario: Scenario, knowledge: Knowledge) -> list[Fact]:
    """Return what is read out of the text."""
    facts, _ = fitting(read(scenario.text, knowledge).facts, knowledge.questions)
    return facts


if __name__ == "__main__":
    main()
