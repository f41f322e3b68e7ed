"""The decision: everything the engine has to say about one set of facts, still in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from .attribution import Push, pushes
from .bounds import is_certain
from .evaluate import Evaluation, evaluate
from .measured import Measurement, rules_from
from .sampling import SAMPLES, Support, sample
from .space import DONT_KNOW, Answer, State
from .tables import CompiledRule, Tables
from .verdict import Verdict, judge
from .what_if import Flip, Gain, flips, gains


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
    used: list[tuple[CompiledRule, Measurement]]

    @property
    def measured_rules(self) -> list[CompiledRule]:
        """The rules that measurements brought in."""
        return [rule for rule, _ in self.used]


def decide(
    tables: Tables,
    answers: Mapping[str, Answer],
    measurements: Sequence[Measurement] = (),
    *,
    seed: int = 0,
    samples: int = SAMPLES,
) -> Decision:
    """Return the decision for `answers`; the same input gives the same output, bit for bit."""
    state = tables.space.encode(answers)
    used = rules_from(tables, state, measurements)
    extra = [rule for rule, _ in used]
    evaluation = evaluate(tables, state, extra)
    order = evaluation.order()
    leader = evaluation.leader
    stated = any(
        q.kind == "ranking" and answers.get(q.id, DONT_KNOW) not in (DONT_KNOW, ())
        for q in tables.knowledge.questions.values()
    )
    support = sample(
        tables, state, evaluation, seed=seed, samples=samples, stated_priorities=stated
    )
    proven = leader is not None and is_certain(tables, state, evaluation, leader)
    open_gains = [] if proven else gains(tables, answers, state, evaluation, extra)
    verdict = judge(leader, order[1], support, evaluation.veto_chance[order[0]], proven, open_gains)
    terms = pushes(tables, evaluation, order[0], order[1])
    return Decision(
        state,
        evaluation,
        order,
        support,
        verdict,
        proven,
        terms,
        evaluation.scores[order[0]] - evaluation.scores[order[1]],
        flips(tables, answers, state, evaluation, extra),
        open_gains,
        used,
    )


def preview(
    tables: Tables, answers: Mapping[str, Answer], measurements: Sequence[Measurement] = ()
) -> Evaluation:
    """Return scores only: what the interview shows beside each question."""
    state = tables.space.encode(answers)
    extra = [rule for rule, _ in rules_from(tables, state, measurements)]
    return evaluate(tables, state, extra)


def open_gains(
    tables: Tables, answers: Mapping[str, Answer], measurements: Sequence[Measurement] = ()
) -> list[Gain]:
    """Return what each open question can still do, as `decide` does, without its sample."""
    state = tables.space.encode(answers)
    extra = [rule for rule, _ in rules_from(tables, state, measurements)]
    evaluation = evaluate(tables, state, extra)
    leader = evaluation.leader
    proven = leader is not None and is_certain(tables, state, evaluation, leader)
    return [] if proven else gains(tables, answers, state, evaluation, extra)
