"""Other answers: the cells of each question, and what the decision would be in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from knowledge.model.question import Question

from .evaluate import Evaluation
from .shift import Shifter
from .space import DONT_KNOW, Answer, State
from .tables import CompiledRule, Tables

WORTH_ASKING_FIRST = 0.05
"""A question that can rule out a leader goes first only if it does so for some people."""

INFEASIBLE_COST = 0.1
"""Points lost by a choice that turns out not to be feasible: as much as a clear margin."""

NONE_OF_THEM = 0.1
"""Share given to "none of these" when the answers of a several-of question are compared."""

COST = {"free": 1.0, "costly": 3.0, "fixed": float("inf")}


class Alternative(msgspec.Struct, frozen=True):
    """One possible answer to a question, and the share of users who would give it."""

    question: str
    answer: Answer
    share: float


class Flip(msgspec.Struct, frozen=True):
    """A change of one answer that changes the choice; `to` None means: no framework."""

    change: dict[str, Answer]
    to: int | None
    cost: float


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


def alternatives(
    tables: Tables, question: Question, state: State | None = None
) -> Iterator[Alternative]:
    """Yield an answer for every cell of a question; several-of questions one choice at a time.

    With a state, shares are those among users with the answers it holds.
    """
    space = tables.space
    first = space.of_question[question.id][0]
    prior = space.shares_of(state, first) if state else space.variables[first].prior
    if question.kind in ("one", "flag"):
        for cell, share in zip(space.variables[first].cells, prior, strict=True):
            flag = question.kind == "flag"
            yield Alternative(question.id, cell == "true" if flag else cell, share)
    elif question.kind == "number":
        cuts = space.cuts.get(question.id, ())
        for start, share in zip((cuts[0] / 2 if cuts else 0.0, *cuts), prior, strict=True):
            yield Alternative(question.id, start, share)
    else:
        for choice, index in zip(question.choices, space.of_question[question.id], strict=False):
            shares = space.shares_of(state, index) if state else space.variables[index].prior
            yield Alternative(question.id, (choice.id,), shares[1])
        if question.kind == "several":
            yield Alternative(question.id, (), NONE_OF_THEM)


def flips(
    tables: Tables,
    answers: Mapping[str, Answer],
    state: State,
    evaluation: Evaluation,
    extra: list[CompiledRule],
) -> list[Flip]:
    """Return the single changes of given answers that change the choice, cheapest first."""
    found = []
    now = evaluation.leader
    shifter = Shifter(tables, state, evaluation, extra)
    for name, answer in answers.items():
        question = tables.knowledge.questions[name]
        if answer == DONT_KNOW or COST[question.change] == float("inf"):
            continue
        for other in _changed(tables, question, answer):
            then = shifter.evaluate(tables.space.encode({**answers, name: other.answer}))
            if then.leader != now:
                found.append(Flip({name: other.answer}, then.leader, COST[question.change]))
    return sorted(found, key=lambda flip: flip.cost)


def _changed(tables: Tables, question: Question, answer: Answer) -> Iterator[Alternative]:
    """Yield answers that differ from the given one in one respect."""
    if question.kind == "several" and isinstance(answer, tuple):
        for choice in question.choices:
            kept = tuple(c for c in answer if c != choice.id)
            yield Alternative(
                question.id, kept if choice.id in answer else (*answer, choice.id), choice.prior
            )
        return
    here = None
    if question.kind == "number" and isinstance(answer, float):
        here = tables.space.cell_of(question.id, answer)
    for other in alternatives(tables, question):
        same = other.answer == answer
        if here is not None and isinstance(other.answer, float):
            same = tables.space.cell_of(question.id, other.answer) == here
        if not same:
            yield other


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
        if question.id in answers or tables.space.answered(state, question.id):
            continue
        found.append(_gain(tables, answers, question, evaluation, shifter))
    return sorted(
        # Where every option is ruled out, scores are idle: only what can lift a veto counts.
        (g for g in found if (g.changes if evaluation.leader is None else g.matters)),
        key=lambda g: (
            not tables.knowledge.questions[g.question].opens,
            not (g.decides_veto and g.changes >= WORTH_ASKING_FIRST),
            -g.gain,
            -g.swing,
            g.question,
        ),
    )


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
