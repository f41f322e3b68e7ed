"""Words and marks that several screens share; every text from data passes through `clean`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

from advisor.engine.verdict import Strength
from advisor.facts.fact import Fact
from knowledge.errors import LONGEST_NAME, shortened
from knowledge.text import printable

LONGEST = 400
"""Characters of a line that others wrote: some lines of the screen, never all of it."""

State = Literal["answered", "read", "found", "dont-know", "off", "open"]
"""How a question stands."""


def clean(text: str) -> str:
    """Return text that can neither steer the terminal nor be read as markup; one line."""
    return printable(" ".join(text.split()) if "\n" in text or "\t" in text else text)


def brief(text: str, longest: int = LONGEST_NAME) -> str:
    """Return clean text that is not longer than a name should be, or than `longest`."""
    return clean(shortened(text, longest))


STRENGTH: dict[Strength, str] = {
    "certain": "no open answer can change it",
    "clear": "ahead in nearly all of what is still open",
    "leaning": "ahead in more than half of what is still open",
    "toss-up": "two options are level",
    "depends": "one open answer decides",
    "none": "no framework fits these answers",
}

NO_FRAMEWORK: dict[Strength, str] = {
    **STRENGTH,
    "clear": "so in nearly all of what is still open",
    "leaning": "so in more than half of what is still open",
}
"""The same words where the answer is that no framework is needed."""

NOT_NEEDED = "none is needed for these answers"
"""What the word none means where something simpler serves."""

STATES: dict[State, tuple[str, str]] = {
    "answered": ("✓", "answered"),
    "read": ("≈", "read from your words"),
    "found": ("◆", "found on this machine"),
    "dont-know": ("?", "don't know"),
    "off": ("–", "does not apply"),
    "open": ("·", "open"),
}

GROUPS = {
    "project": "Project",
    "model": "Model",
    "deployment": "Deployment",
    "machine": "Machine",
    "team": "Team",
    "priorities": "Priorities",
}


class KindWords(NamedTuple):
    """What one entry of a kind is called, several, and what they hold."""

    one: str
    many: str
    about: str


KINDS = {
    "option": KindWords("Option", "Options", "what can be chosen"),
    "system": KindWords("System", "Systems", "libraries, tools, runtimes and how alive they are"),
    "feature": KindWords("Feature", "Features", "topics of the comparison"),
    "claim": KindWords("Claim", "Claims", "what is said, and whether it holds"),
    "use-case": KindWords("Use case", "Use cases", "kinds of project and their stacks"),
    "figure": KindWords("Figure", "Figures", "published numbers: who, when, on what"),
    "adopter": KindWords("Adopter", "Adopters", "who uses what, or moved"),
    "term": KindWords("Term", "Terms", "words of the field"),
    "api": KindWords("API", "APIs", "a symbol, and its equivalent on the other side"),
    "gotcha": KindWords("Gotcha", "Gotchas", "differences that bite when porting"),
    "pattern": KindWords("Pattern", "Patterns", "whole programs on both sides"),
    "path": KindWords("Path", "Paths", "ways through the material"),
    "step": KindWords("Step", "Steps", "single steps of a path"),
    "criterion": KindWords("Criterion", "Criteria", "what options are judged by"),
    "question": KindWords("Question", "Questions", "what is asked"),
    "rule": KindWords("Rule", "Rules", "what follows from answers"),
    "pick": KindWords("Pick", "Picks", "parts of a stack, and when they are used"),
    "seed": KindWords("Seed", "Seeds", "the documents it started from"),
    "source": KindWords("Source", "Sources", "what was read, and when"),
}
"""Words for the kinds of entry, in the order in which they are listed."""


def kind_words(kind: str) -> KindWords:
    """Return the words for a kind, also for one that came later than this list."""
    name = kind.replace("-", " ").capitalize()
    return KINDS.get(kind) or KindWords(name, name, "")


def kinds_in_order(kinds: Collection[str]) -> list[str]:
    """Return kinds in the order in which they are listed."""
    order = [*KINDS, *kinds]
    return sorted(set(kinds), key=order.index)


def sureness(fact: Fact) -> str:
    """Return how sure what was read is, in a word."""
    from advisor.reports.text import SURE, UNSURE

    if fact.confidence >= SURE:
        return "sure"
    return "likely" if fact.confidence >= UNSURE else "not sure"


def read_words(fact: Fact) -> str:
    """Return the words a fact was read from and how sure that is; of others, nothing."""
    if fact.source != "text":
        return ""
    # Answers kept from an earlier sitting come without the words.
    return f"“{clean(fact.said)}”, {sureness(fact)}" if fact.said else "your own words"


SHORT = {"yes": "", "no": "out", "depends": "if"}
"""Beside a score: ruled out, or ruled out if an open answer says so."""


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"
