"""Words and marks that several screens share; every text from data passes through `clean`."""

from __future__ import annotations

from typing import Literal

from advisor.engine.verdict import Strength
from knowledge.text import printable

State = Literal["answered", "found", "dont-know", "off", "open"]
"""How a question stands."""


def clean(text: str) -> str:
    """Return text that can neither steer the terminal nor be read as markup; one line."""
    return printable(" ".join(text.split()) if "\n" in text or "\t" in text else text)


STRENGTH: dict[Strength, str] = {
    "certain": "no open answer can change it",
    "clear": "ahead in nearly all of what is still open",
    "leaning": "ahead in more than half of what is still open",
    "toss-up": "two options are level",
    "depends": "one open answer decides",
    "none": "no framework fits these answers",
}

STATES: dict[State, tuple[str, str]] = {
    "answered": ("✓", "answered"),
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

SHORT = {"yes": "", "no": "out", "depends": "if"}
"""Beside a score: ruled out, or ruled out if an open answer says so."""


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"
