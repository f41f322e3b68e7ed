"""Random answers to the real questions, for property tests."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW, Answer
from knowledge.model.question import Question


def answer_to(question: Question) -> st.SearchStrategy[Answer]:
    names = [choice.id for choice in question.choices]
    if question.kind == "one":
        return st.sampled_from(names)
    if question.kind == "flag":
        return st.booleans()
    if question.kind == "number":
        return st.floats(0, 500, allow_nan=False).map(lambda x: round(x, 3))
    if question.kind == "several":
        return st.sets(st.sampled_from(names)).map(lambda s: tuple(n for n in names if n in s))
    return st.permutations(names).flatmap(
        lambda order: st.integers(0, question.most).map(lambda n: tuple(order[:n]))
    )


def answers(questions: Mapping[str, Question], *, complete: bool = False) -> st.SearchStrategy:
    """Some of the questions answered, or all of them."""
    if complete:
        return st.fixed_dictionaries({name: answer_to(q) for name, q in questions.items()})
    special = st.sampled_from([DONT_KNOW, DOES_NOT_APPLY])
    return st.fixed_dictionaries(
        {}, optional={n: st.one_of(answer_to(q), special) for n, q in questions.items()}
    )
