"""What an open question can still do: what the decision would be after each of its answers."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from knowledge.model.question import Question

from .changing import alternatives
from .evaluate import Evaluation
from .shift import Shifter
from .space import Answer, State, only_excludes
from .tables import CompiledRule, Tables

WORTH_ASKING_FIRST = 0.05
"""A question that can rule out a leader goes first only if it does so for some people."""

INFEASIBLE_COST = 0.1
"""Points lost by a choice that turns out not to be feasible: as much as a clear margin."""


class Gain(msgspec.Struct, frozen=True):
    """What an open question can still do: expected gain, chance to change the choice, swing."""

    question: str
    gain: float
    changes: float
    swing: float
    decides_veto: bool
    winners: dict[str, float]

    @property
    def matters(self) -> bool:
        """Whether any answer moves the first two against each other, or rules one out."""
        return self.swing > 1e-12 or self.decides_veto


def gains(
    tables: Tables,
    answers: Mapping[str, Answer],
    state: State,
    evaluation: Evaluation,
    extra: list[CompiledRule],
) -> list[Gain]:
    """Return what each open question that nobody was asked yet can still change, best first.

    The gain is the expected value of perfect information on expected scores; questions that can
    settle an open veto on one of the first two, and thereby the choice, come first.
    """
    shifter = Shifter(tables, state, evaluation, extra)
    found = []
    for question in tables.knowledge.questions.values():
        partly = only_excludes(answers.get(question.id, ()))
        if (question.id in answers and not partly) or tables.space.answered(state, question.id):
            continue
        found.append(_gain(tables, answers, question, evaluation, shifter))
    return sorted(
        # Where every option is ruled out, scores are idle: only what can lift a veto counts.
        (g for g in found if (g.changes if evaluation.leader is None else g.matters)),
        key=lambda g: (
            not tables.knowledge.questions[g.question].opens,
            not settles_veto(g),
            -g.gain,
            -g.swing,
            g.question,
        ),
    )


def settles_veto(gain: Gain) -> bool:
    """Say whether a question can rule out one of the first two, and thereby change the choice."""
    return gain.decides_veto and gain.changes >= WORTH_ASKING_FIRST


def _gain(
    tables: Tables,
    answers: Mapping[str, Answer],
    question: Question,
    evaluation: Evaluation,
    shifter: Shifter,
) -> Gain:
    now = evaluation.leader
    leader, runner = evaluation.order()[:2]
    total = gain = changes = 0.0
    margins = [evaluation.scores[leader] - evaluation.scores[runner]]
    vetoes = []
    winners: dict[str, float] = {}
    for other in alternatives(tables, question, shifter.state):
        then = shifter.evaluate(tables.space.encode({**answers, question.id: other.answer}))
        best = then.leader
        total += other.share
        name = tables.options[best] if best is not None else "none"
        winners[name] = winners.get(name, 0.0) + other.share
        vetoes.append((then.veto_chance[leader] >= 1, then.veto_chance[runner] >= 1))
        margins.append(then.scores[leader] - then.scores[runner])
        if best != now:
            changes += other.share
            gain += other.share * _lost(then, best, leader)
    total = total or 1.0
    return Gain(
        question.id,
        gain / total / question.asking_cost,
        changes / total,
        max(margins) - min(margins),
        len(set(vetoes)) > 1,
        {name: share / total for name, share in winners.items()},
    )


def _lost(then: Evaluation, best: int | None, leader: int) -> float:
    """Return what staying with the leader would cost; an infeasible one costs a flat tenth."""
    if best is None or then.veto_chance[leader] >= 1:
        return INFEASIBLE_COST
    return max(then.scores[best] - then.scores[leader], 0.0)
