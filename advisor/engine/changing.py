"""The smallest steps by which answers can change: one cell of one question at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from knowledge.model.question import Question

from .space import DONT_KNOW, Answer, Space, State, is_open, only_excludes
from .tables import Tables

COST = {"free": 1.0, "costly": 3.0, "fixed": float("inf")}
"""What changing a fact costs, by how hard it is to change."""

NONE_OF_THEM = 0.1
"""Share given to "none of these" when the answers of a several-of question are compared."""


class Alternative(msgspec.Struct, frozen=True):
    """One possible answer to a question, and the share of users who would give it."""

    question: str
    answer: Answer
    share: float


class Step(msgspec.Struct, frozen=True):
    """One change of one answer. `choice`: what a several-of answer gains or loses by it."""

    question: str
    answer: Answer
    cost: float
    choice: str | None = None


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
            if state and state.possible[index] == 0b01:
                continue
            shares = space.shares_of(state, index) if state else space.variables[index].prior
            yield Alternative(question.id, (choice.id,), shares[1])
        if question.kind == "several":
            yield Alternative(question.id, (), NONE_OF_THEM)


def steps(tables: Tables, answers: Mapping[str, Answer]) -> dict[str, list[Step]]:
    """Return what can be changed about the given answers, by question; fixed facts are left out.

    Within a question the likeliest answers come first, and of a number the nearest cells.
    """
    found = {}
    for name, answer in answers.items():
        question = tables.knowledge.questions[name]
        cost = COST[question.change]
        if not is_open(answer) and cost < float("inf"):
            found[name] = list(_steps(tables, question, answer, cost))
    return found


def open_steps(
    tables: Tables, answers: Mapping[str, Answer], state: State
) -> dict[str, list[Step]]:
    """Return the answers that open questions can still be given, by question."""
    return {
        question.id: [
            Step(question.id, other.answer, question.asking_cost)
            for other in sorted(alternatives(tables, question, state), key=lambda a: -a.share)
        ]
        for question in tables.knowledge.questions.values()
        if is_open(answers.get(question.id, DONT_KNOW))
        and not tables.space.answered(state, question.id)
    }


def changed(answers: Mapping[str, Answer], taken: Iterable[Step]) -> dict[str, Answer]:
    """Return the answers after some steps."""
    after = dict(answers)
    for step in taken:
        before = after.get(step.question)
        if step.choice is None or not isinstance(before, tuple) or only_excludes(before):
            after[step.question] = step.answer
        elif step.choice in before:
            after[step.question] = tuple(c for c in before if c != step.choice)
        else:
            after[step.question] = (*before, step.choice)
    return after


def _steps(tables: Tables, question: Question, answer: Answer, cost: float) -> Iterator[Step]:
    if isinstance(answer, tuple) and question.kind == "several":
        for choice in sorted(question.choices, key=lambda c: -c.prior):
            kept = tuple(c for c in answer if c != choice.id)
            after = kept if choice.id in answer else (*answer, choice.id)
            yield Step(question.id, after, cost, choice.id)
    elif isinstance(answer, tuple):
        for choice in question.choices:
            if answer[:1] != (choice.id,):
                rest = tuple(c for c in answer if c != choice.id)
                yield Step(question.id, (choice.id, *rest)[: question.most], cost)
    else:
        here = _cell(tables.space, question, answer)
        others = sorted(alternatives(tables, question), key=lambda a: -a.share)
        if question.kind == "number" and here is not None:
            others.sort(key=lambda a: abs(_cell(tables.space, question, a.answer) - here))  # type: ignore[operator]
        for other in others:
            if here is None or _cell(tables.space, question, other.answer) != here:
                yield Step(question.id, other.answer, cost)


def _cell(space: Space, question: Question, answer: Answer) -> int | None:
    """Return the cell of a single answer; None if the answer is that it does not apply."""
    kinds = {"number": float, "flag": bool, "one": str}
    if not isinstance(answer, kinds.get(question.kind, ())):
        return None
    index = space.of_question[question.id][0]
    if question.kind == "one" and answer not in space.variables[index].cells:
        return None
    return space.cell_of(question.id, answer)
