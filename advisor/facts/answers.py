"""From words to answers: what a flag, a file or a form says, checked against the questions."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable, Mapping
from typing import Any

from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW, EXCLUDED, Answer
from advisor.errors import InputError
from knowledge.errors import nearest, shortened
from knowledge.model.question import Question
from knowledge.text import printable

from .fact import Fact, Ignored, shown

OPEN = {DONT_KNOW, "unknown", "don't know", "null", ""}
NUMBER = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,9})?([eE][-+]?[0-9]{1,2})?")
LONGEST = 200


def question_named(questions: Mapping[str, Question], name: str, place: str = "") -> Question:
    """Return the question with this id; InputError names the nearest one."""
    if name in questions:
        return questions[name]
    raise InputError(f"{place}unknown question {_quoted(name)}" + _did_you_mean(name, questions))


def answer_from(question: Question, value: Any, place: str = "") -> Answer:
    """Return `value` as an answer to `question`; InputError says what would be valid.

    Text is what a person types; lists, numbers and booleans come from files.
    """
    where = f"{place}{question.id}: "
    if value is None or (isinstance(value, str) and value.strip().lower() in OPEN):
        return DONT_KNOW
    if value == DOES_NOT_APPLY:
        return DOES_NOT_APPLY
    if question.kind == "number":
        return _number(question, value, where)
    if question.kind == "flag":
        return _flag(value, where)
    if question.kind == "one":
        return _choice(question, value, where)
    return _choices(question, value, where)


def fitting(
    facts: Iterable[Fact], questions: Mapping[str, Question]
) -> tuple[list[Fact], list[Ignored]]:
    """Return the facts that this knowledge base asks for, and why the others are not used."""
    kept: list[Fact] = []
    ignored = []
    for fact in facts:
        try:
            answer_from(question_named(questions, fact.id), fact.value)
        except InputError as error:
            ignored.append(Ignored(f"{fact.id} = {shown(fact.value)} ({fact.source})", str(error)))
        else:
            kept.append(fact)
    return kept, ignored


def _number(question: Question, value: Any, where: str) -> float:
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InputError(f"{where}{_quoted(value)} is not a number (of {question.unit})")
    if not 0 <= value < 1e9:
        words = f"{_quoted(value)} is out of range (0 to 1,000,000,000 {question.unit})"
        raise InputError(f"{where}{words}")
    return float(value)


def _flag(value: Any, where: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "yes", "false", "no"):
        return value.lower() in ("true", "yes")
    raise InputError(f"{where}{_quoted(value)} is not true or false")


def _choice(question: Question, value: Any, where: str) -> str:
    valid = [choice.id for choice in question.choices]
    if not isinstance(value, str):
        raise InputError(f"{where}{_quoted(value)} is not one of {', '.join(valid)}")
    word = value.strip()
    if word in valid:
        return word
    for choice in question.choices:
        if word.lower() in (choice.label.lower(), *(a.lower() for a in choice.aliases)):
            return choice.id
    raise InputError(
        f"{where}unknown value {_quoted(word)} (one of {', '.join(valid)})"
        + _did_you_mean(word, valid)
    )


def _choices(question: Question, value: Any, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [] if value.strip() == "none" else value.split(",")
    if not isinstance(value, (list, tuple)):
        raise InputError(f"{where}{_quoted(value)} is not a list")
    if question.kind == "several" and value and all(map(_excludes, value)):
        plain = [item.strip().removeprefix(EXCLUDED) for item in value]
        named = {_choice(question, item, where) for item in plain}
        return tuple(EXCLUDED + c.id for c in question.choices if c.id in named)
    # "Android, not iOS" says no more than "Android": what is not named is not so.
    kept = [item for item in value if not _excludes(item)] if question.kind == "several" else value
    chosen = tuple(_choice(question, item, where) for item in kept)
    twice = next((c for i, c in enumerate(chosen) if c in chosen[:i]), None)
    if twice:
        raise InputError(f"{where}names {twice!r} twice")
    if question.kind == "ranking":
        if len(chosen) > question.most:
            raise InputError(f"{where}names {len(chosen)} (at most {question.most})")
        return chosen
    order = [choice.id for choice in question.choices]
    return tuple(sorted(chosen, key=order.index))


def _excludes(item: Any) -> bool:
    return isinstance(item, str) and item.strip().startswith(EXCLUDED)


def _quoted(value: Any) -> str:
    # reprlib: a value from a file may be nested a thousand deep.
    text = value if isinstance(value, str) else reprlib.repr(value)
    return repr(shortened(printable(text), LONGEST))


def _did_you_mean(word: str, valid: Any) -> str:
    found = nearest(word, valid)
    return f"; did you mean {found!r}?" if found else ""
