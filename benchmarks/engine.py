"""How long the engine takes, on a model of 40 rules and on the whole real one.

    python benchmarks/engine.py [ROUNDS]

Everything is measured in one run, rounds interleaved; medians, and ratios to a bare evaluation of
the same model. Beside it stand two rule engines, zen-engine and clipspy, on the same 40 rules
(`pip install 'fw-advisor[bench]'`; without them their lines are left out). They only say which
rules hold: no unknown answers, no scores, no reasons.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import yaml
from msgspec.structs import replace

from advisor.engine.asking import worth_asking
from advisor.engine.attribution import pushes
from advisor.engine.changing import alternatives
from advisor.engine.evaluate import evaluate
from advisor.engine.flips import flips
from advisor.engine.sampling import SAMPLES, sample
from advisor.engine.space import State
from advisor.engine.tables import Tables
from advisor.engine.what_if import gains
from advisor.facts.answers import answer_from
from knowledge.base import Knowledge, load
from knowledge.loading.compiled import encode
from knowledge.model.condition import Atom
from knowledge.model.kinds import KINDS
from knowledge.model.question import Choice, Question
from knowledge.model.rule import ValueRule, VetoRule, WeightRule

SCENARIOS = Path(__file__).parents[1] / "knowledge" / "scenarios"
FACTS, RULES, CHOICES = 15, 40, ("a", "b", "c", "d")
FEW = ("f0", "f1", "f2", "f3", "f4")
TARGETS = {"evaluation": 5, "with explanation": 50}
"""Microseconds, for 40 rules. The following hold for the quick path, in milliseconds."""
BUDGETS = {"flips": 10, "next question": 10, "sample of 10,000": 20}
SEED, STATES = 20261120, 100

Work = Callable[[], Any]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    knowledge = load()
    small, answers = Tables(small_model(knowledge)), {f"f{n}": "a" for n in range(FACTS)}
    few = {name: answer for name, answer in answers.items() if name in FEW}
    print(f"{RULES} rules, {FACTS} facts, {len(small.options)} options; all facts known")
    works = {**ours(small, answers), **dict(peers(small.knowledge, answers))}
    report(measure(works, rounds), TARGETS, 1e6, "µs")
    print("\nthe same model, a third of the facts known")
    report(measure(ours(small, few), rounds), BUDGETS, 1e3, "ms")
    real = Tables(knowledge)
    print(f"\nthe real model: {len(real.rules)} rules, {len(real.space.questions)} questions;")
    users = list(scenarios(real))
    print(f"medians over {len(users)} scenarios, and the slowest of them")
    by_user = [measure(ours(real, user), max(rounds // 5, 2)) for user in users]
    middle = {name: [statistics.median(one[name]) for one in by_user] for name in by_user[0]}
    report(middle, BUDGETS, 1e3, "ms", slowest=True)


def ours(tables: Tables, answers: dict[str, Any]) -> dict[str, Work]:
    """Return what is measured of the engine itself."""
    state = tables.space.encode(answers)
    evaluation = evaluate(tables, state)
    known = neighbours(tables, answers)
    for other in known:
        evaluate(tables, other)  # sums are remembered; a search meets each of them many times
    states = cycle(known)
    first, second = evaluation.order()[:2]

    def explained() -> None:
        found = evaluate(tables, state)
        sorted(pushes(tables, found, first, second), key=lambda term: -abs(term.push))

    def asked() -> None:
        worth_asking(tables, state, evaluation, gains(tables, answers, state, evaluation, []))

    def sampled(samples: int) -> None:
        sample(tables, state, evaluation, seed=0, samples=samples)

    return {
        "evaluation": lambda: evaluate(tables, next(states)),
        "answers to cells": lambda: tables.space.encode(answers),
        "with explanation": explained,
        "flips": lambda: flips(tables, answers, state, evaluation, []),
        "next question": asked,
        f"sample of {SAMPLES}": lambda: sampled(SAMPLES),
        "sample of 10,000": lambda: sampled(10_000),
    }


def neighbours(tables: Tables, answers: dict[str, Any]) -> list[State]:
    """Return states with other answers to the same questions, so that no result is found ready."""
    random = Random(SEED)
    others = {
        name: [other.answer for other in alternatives(tables, tables.space.questions[name])]
        for name in answers
    }
    return [
        tables.space.encode({name: random.choice(found) for name, found in others.items()})
        for _ in range(STATES)
    ]


def small_model(knowledge: Knowledge) -> Knowledge:
    """Return a model of random rules over the real options and criteria."""
    random = Random(SEED)
    choices = tuple(Choice(name, name, 1 / len(CHOICES)) for name in CHOICES)
    template = next(q for q in knowledge.questions.values() if q.kind == "one")
    questions = [_question(template, f"f{n}", n, choices) for n in range(FACTS)]
    rules = [_rule(knowledge, number, random) for number in range(RULES)]
    entries = {kind: list(knowledge.kind(kind).values()) for kind in ("option", "criterion")}
    entries = {kind: entries.get(kind, []) for kind in KINDS}
    entries |= {"question": questions, "rule": rules}
    return Knowledge(encode(entries, "s", "d", knowledge.as_of, [], {})[1])


def _question(template: Question, name: str, order: int, choices: tuple[Choice, ...]) -> Question:
    return replace(
        template,
        id=name,
        order=order,
        choices=choices,
        change="costly",
        applies=(),
        given=(),
        opens=False,
    )


def _rule(knowledge: Knowledge, number: int, random: Random) -> ValueRule | WeightRule | VetoRule:
    names = random.sample(range(FACTS), random.choice((1, 1, 2)))
    common: dict[str, Any] = {
        "id": f"rule-{number}",
        "when": tuple(Atom(fact=f"f{n}", is_=random.choice(CHOICES)) for n in names),
        "text": "A rule.",
        "basis": "judgement",
        "grade": "D",
        "because": (),
        "as_of": knowledge.as_of,
    }
    options, criterion = list(knowledge.options), random.choice(list(knowledge.criteria))
    if number % 10 == 0:
        return VetoRule(**common, options=(random.choice(options),))
    if number % 5 == 1:
        return WeightRule(**common, points={criterion: 3.0})
    likely = random.choice((-0.1, -0.05, 0.05, 0.1))
    effects = dict.fromkeys(random.sample(options, 2), (likely - 0.05, likely, likely + 0.05))
    return ValueRule(**common, criterion=criterion, effects=effects)


def peers(knowledge: Knowledge, answers: dict[str, Any]) -> Iterator[tuple[str, Work]]:
    """Yield the rule engines that are installed, ready to say which rules hold."""
    try:
        import zen
    except ImportError:
        print("(zen-engine is not installed)")
    else:
        content = zen.ZenDecisionContent(json.dumps(_decision_table(knowledge)))
        engine = zen.ZenEngine({"loader": lambda _: content})
        yield "zen-engine", lambda: engine.evaluate("rules", answers)
        yield "zen-engine, traced", lambda: engine.evaluate("rules", answers, {"trace": True})
    try:
        import clips
    except ImportError:
        print("(clipspy is not installed)")
    else:
        environment = clips.Environment()
        slots = " ".join(f"(slot f{n})" for n in range(FACTS))
        environment.build(f"(deftemplate facts {slots})")
        environment.build("(deftemplate held (slot rule))")
        for rule in knowledge.rules.values():
            tests = " ".join(f"({atom.fact} {atom.is_})" for atom in rule.when)
            environment.build(
                f"(defrule {rule.id} (facts {tests}) => (assert (held (rule {rule.id}))))"
            )
        template = environment.find_template("facts")
        values = {f"f{n}": clips.Symbol(str(answers[f"f{n}"])) for n in range(FACTS)}

        def run() -> list[str]:
            environment.reset()
            template.assert_fact(**values)
            environment.run()
            return [
                str(fact["rule"]) for fact in environment.facts() if fact.template.name == "held"
            ]

        yield "clipspy", run


def _decision_table(knowledge: Knowledge) -> dict[str, Any]:
    rows = [
        {
            "_id": rule.id,
            "out": json.dumps(rule.id),
            **{atom.fact: json.dumps(atom.is_) for atom in rule.when},
        }
        for rule in knowledge.rules.values()
    ]
    inputs = [{"id": f"f{n}", "name": f"f{n}", "field": f"f{n}"} for n in range(FACTS)]
    place = {"x": 0, "y": 0}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "a", "type": "inputNode", "name": "in", "position": place},
            {
                "id": "b",
                "type": "decisionTableNode",
                "name": "rules",
                "position": place,
                "content": {
                    "hitPolicy": "collect",
                    "inputs": inputs,
                    "outputs": [{"id": "out", "name": "rule", "field": "rule"}],
                    "rules": rows,
                },
            },
            {"id": "c", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "1", "sourceId": "a", "targetId": "b", "type": "edge"},
            {"id": "2", "sourceId": "b", "targetId": "c", "type": "edge"},
        ],
    }


def scenarios(tables: Tables) -> Iterator[dict[str, Any]]:
    for path in sorted(SCENARIOS.glob("*.yaml")):
        given = yaml.safe_load(path.read_text())["answers"]
        yield {n: answer_from(tables.space.questions[n], value) for n, value in given.items()}


def measure(works: dict[str, Work], rounds: int) -> dict[str, list[float]]:
    """Return seconds per call; short work is repeated until a round takes a millisecond."""
    repeats = {}
    for name, work in works.items():
        work()
        start = time.perf_counter()
        work()
        repeats[name] = max(1, round(1e-3 / (time.perf_counter() - start)))
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            for _ in range(repeats[name]):
                work()
            times[name].append((time.perf_counter() - start) / repeats[name])
    return times


def report(
    times: dict[str, list[float]],
    wanted: dict[str, int],
    scale: float,
    unit: str,
    *,
    slowest: bool = False,
) -> None:
    bare = statistics.median(times["evaluation"])
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        line = f"  {name:20} {scale * middle:9.2f} {unit}   {middle / bare:8.1f} × evaluation"
        if slowest:
            line += f"   slowest {scale * max(seconds):8.2f} {unit}"
        if name in wanted:
            kept = scale * middle <= wanted[name]
            line += f"   target {wanted[name]} {unit}: {'kept' if kept else 'MISSED'}"
        print(line)


if __name__ == "__main__":
    main()
