"""The interview as numbered prompts: no cursor tricks, for screen readers, logs and slow lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from typing import TextIO

from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW
from advisor.engine.tables import Tables
from advisor.errors import InputError
from advisor.explain.words import answer_words
from advisor.facts.fact import Fact
from advisor.interview import Interview
from knowledge.model.question import Question
from knowledge.text import printable

HOW = (
    "Type a number or a word; several with commas. Enter: don't know · -: does not apply · "
    "b: back · ?: why and how to find out · q: enough, show the answer"
)


def interview(
    tables: Tables,
    facts: Iterable[Fact],
    *,
    ask_all: bool,
    read: Callable[[], str] | None = None,
    screen: TextIO | None = None,
) -> list[Fact]:
    """Ask until nothing left is worth asking; end of input means: enough."""
    asking = Interview(tables, facts, ask_all=ask_all)
    reader = read or _reader()
    screen = screen or sys.stderr

    def say(text: str) -> None:
        screen.write(printable(text, lines=True) + "\n")
        screen.flush()

    say(HOW)
    question = asking.next_question()
    while question is not None:
        _show(question, asking, say)
        typed = reader()
        word = typed.strip()
        if not typed or word == "q":
            break
        if word == "b":
            name = asking.back()
            if name is None:
                say("There is no question before this one.")
            question = tables.space.questions[name] if name else question
            continue
        if word == "?":
            say(f"Why we ask: {question.why}\nHow to find out: {question.find_out}")
            continue
        try:
            asking.answer(question.id, _value(question, word))
        except InputError as error:
            say(f"Not understood: {error}")
            continue
        question = asking.next_question()
    if question is None:
        say("Nothing that is still open is likely to change the answer.")
    return asking.facts


def _show(question: Question, asking: Interview, say: Callable[[str], None]) -> None:
    left = len(asking.open_questions())
    say(f"\n{question.ask}  ({left} questions can still matter)")
    for number, choice in enumerate(question.choices, 1):
        means = f": {choice.means}" if choice.means else ""
        say(f"  {number}. {choice.label}{means}")
    if question.kind == "number":
        say(f"  A number of {question.unit}.")
    known = asking.fact(question.id)
    if known is not None:
        say(f"  (now: {answer_words(question, known.value)})")


def _reader() -> Callable[[], str]:
    """Return what reads a line; stray bytes become marks instead of an end of the interview."""
    if sys.stdin is None:
        return lambda: ""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin.readline


def _value(question: Question, word: str) -> object:
    """Return what was typed as an answer; numbers stand for choices."""
    if not word:
        return DONT_KNOW
    if word == "-":
        return DOES_NOT_APPLY
    if not question.choices:
        return word
    items = [part.strip() for part in word.split(",") if part.strip()]
    numbered = {str(number): choice.id for number, choice in enumerate(question.choices, 1)}
    named = [numbered.get(item, item) for item in items]
    return (
        named[0]
        if question.kind == "one" and len(named) == 1
        else (word if named == ["none"] else named)
    )
