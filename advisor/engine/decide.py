"""The decision: everything the engine has to say about one set of facts, still in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from .asking import worth_asking
from .attribution import Push, pushes
from .bounds import is_certain
from .evaluate import Evaluation, evaluate
from .flips import Flip, flips
from .measured import Evidence, Used, rules_from, unique_rules
from .sampling import SAMPLES, Support, sample
from .space import Answer, State
from .tables import CompiledRule, Tables
from .verdict import Verdict, judge
from .what_if import Gain, gains


class Decision(msgspec.Struct):
    """What follows from the answers. Options and criteria are indices into the tables."""

    state: State
    evaluation: Evaluation
    order: list[int]
    support: Support
    verdict: Verdict
    proven: bool
    terms: list[Push]
    margin: float
    flips: list[Flip]
    gains: list[Gain]
    used: Used

    @property
    def measured_rules(self) -> list[CompiledRule]:
        """The rules that measurements and verdicts on devices brought in."""
        return unique_rules(self.used)


def decide(
    tables: Tables,
    answers: Mapping[str, Answer],
    measurements: Sequence[Evidence] = (),
    *,
    seed: int = 0,
    samples: int = SAMPLES,
) -> Decision:
    """Return the decision for `answers`; the same input gives the same output, bit for bit."""
    state = tables.space.encode(answers)
    used = rules_from(tables, state, measurements)
    extra = unique_rules(used)
    evaluation = evaluate(tables, state, extra)
    order = evaluation.order()
    leader = evaluation.leader
    support = sample(
        tables, state, evaluation, seed=seed, samples=samples, ranked=_ranked(tables, answers)
    )
    proven = leader is not None and is_certain(tables, state, evaluation, leader)
    found = [] if proven else gains(tables, answers, state, evaluation, extra)
    margin = evaluation.scores[order[0]] - evaluation.scores[order[1]]
    chance = evaluation.veto_chance[order[0]]
    verdict = judge(leader, order[1], support, chance, proven, found, margin)
    terms = pushes(tables, evaluation, order[0], order[1])
    return Decision(
        state,
        evaluation,
        order,
        support,
        verdict,
        proven,
        terms,
        margin,
        flips(tables, answers, state, evaluation, extra),
        worth_asking(tables, state, evaluation, found, seed),
        used,
    )


def _ranked(tables: Tables, answers: Mapping[str, Answer]) -> list[int]:
    """Return the criteria that were named as most important, in that order."""
    return [
        tables.criterion_of[name]
        for question in tables.knowledge.questions.values()
        if question.kind == "ranking" and isinstance(answer := answers.get(question.id), tuple)
        for name in answer
        if name in tables.criterion_of
    ]


def preview(
    tables: Tables, answers: Mapping[str, Answer], measurements: Sequence[Evidence] = ()
) -> Evaluation:
    """Return scores only: what the interview shows beside each question."""
    state = tables.space.encode(answers)
    extra = unique_rules(rules_from(tables, state, measurements))
    return evaluate(tables, state, extra)


def open_gains(
    tables: Tables, answers: Mapping[str, Answer], measurements: Sequence[Evidence] = ()
) -> list[Gain]:
    """Return the open questions worth asking, as `decide` does, without its sample."""
    state = tables.space.encode(answers)
    extra = unique_rules(rules_from(tables, state, measurements))
    evaluation = evaluate(tables, state, extra)
    leader = evaluation.leader
    proven = leader is not None and is_certain(tables, state, evaluation, leader)
    found = [] if proven else gains(tables, answers, state, evaluation, extra)
    return worth_asking(tables, state, evaluation, found)
