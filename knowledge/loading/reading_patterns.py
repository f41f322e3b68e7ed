"""Patterns of the reader: groups exist, answers fit the question, signs stand where they may."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..model.question import Question
from ..model.reading import Reading
from .tree import Tree

Report = Callable[[str, str, str, Iterable[str]], None]

WORD = re.compile(r"<[a-z0-9]+(-[a-z0-9]+)*>|[0-9]+|\.?[a-z][a-z0-9]*(['.][a-z0-9]+)*'?(\+\+|#)?")
NUMBERS = ("#", "#k", "#m", "#b", "#word")
GAP = ".."
PREFIX = "words-"


def check_reading(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    """Report what the reader could not use."""
    assert isinstance(entry, Reading)
    _check_answers(tree, entry, report)
    for key in ("patterns", "perhaps"):
        for index, pattern in enumerate(getattr(entry, key)):
            _check_pattern(tree, entry, pattern, f"{key}[{index}]", report)
    for index, name in enumerate(entry.unless):
        _check_group(tree, name, f"unless[{index}]", report)


def _check_answers(tree: Tree, entry: Reading, report: Report) -> None:
    if entry.fact is None:
        if not entry.not_used:
            report("not_used", "says nothing, and there is no fact", "", ())
        return
    questions = tree.entries["question"]
    if entry.fact not in questions:
        report("fact", f"unknown question {entry.fact!r}", entry.fact, questions)
        return
    question: Question = questions[entry.fact].entry
    if (question.kind == "number") != bool(entry.times):
        report("times", f"{entry.fact!r} is a {question.kind} question", "", ())
    valid = [choice.id for choice in question.choices] or ["true", "false"]
    named = [("values", entry.values), ("negated", entry.negated)]
    named += [("unless_values", entry.unless_values)]
    named += [("stretches", tuple(stretch.value for stretch in entry.stretches))]
    named += [("unites", parts) for parts in entry.unites]
    for fact in entry.given:
        if fact not in questions:
            report(f"given.{fact}", f"unknown question {fact!r}", fact, questions)
    for key, values in named:
        for value in values:
            if value not in valid:
                report(key, f"{value!r} is no answer to {entry.fact!r}", value, valid)


def _check_pattern(tree: Tree, entry: Reading, pattern: str, key: str, report: Report) -> None:
    parts = pattern.split()
    if not parts or GAP in (parts[0], parts[-1]) or parts[0].endswith("?"):
        report(key, "a pattern starts and ends with words that must be there", "", ())
    if (entry.times or entry.stretches) and not any(part in NUMBERS for part in parts):
        report(key, "reads no number (#)", "", ())
    for part in parts:
        if part == GAP or part in NUMBERS:
            continue
        for word in part.removesuffix("?").split("|"):
            if not WORD.fullmatch(word):
                report(key, f"{word!r} is neither a word nor a <group>", "", ())
            elif word.startswith("<"):
                _check_group(tree, PREFIX + word[1:-1], key, report)


def _check_group(tree: Tree, name: str, key: str, report: Report) -> None:
    phrases = tree.entries["phrase"]
    if name not in phrases:
        report(key, f"unknown group of words {name!r}", name, phrases)
