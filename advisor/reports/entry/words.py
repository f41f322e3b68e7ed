"""Names, references to sources and conditions in words, for the pages of entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.base import Knowledge
    from knowledge.model.condition import Atom
    from knowledge.model.question import Question

TESTS = {
    "is": "is",
    "is_not": "is not",
    "any_of": "is one of:",
    "includes": "includes",
    "excludes": "does not include",
    "first": "has in the first place",
    "at_least": "is at least",
    "below": "is below",
}


class Words:
    """Turns ids into what a person reads; numbers the sources of a page."""

    def __init__(self, knowledge: Knowledge, sources: Iterable[str]) -> None:
        """`sources`: ids in the order in which the page lists them."""
        self.knowledge = knowledge
        self._numbers = {name: number for number, name in enumerate(sources, 1)}

    def name(self, wanted: str) -> str:
        """Return the name of an entry, with its state where that matters."""
        found = self.knowledge.catalogue.get(wanted)
        if found is None:
            return wanted
        telling = found.kind == "system" and found.note not in ("", "active")
        return f"{found.title} ({found.note})" if telling else found.title

    def names(self, wanted: Iterable[str]) -> str:
        """Return several names."""
        return ", ".join(map(self.name, wanted))

    def evidence(self, wanted: Iterable[str]) -> str:
        """Return entries to look up: what they are called, and their ids."""
        return "; ".join(f"{self.name(one)} [{one}]" for one in wanted)

    def known(
        self, basis: str | None, as_of: str | None = None, sources: Iterable[str] = ()
    ) -> str:
        """Return in brackets how something is known, since when, and from which sources."""
        numbers = [str(self._numbers[name]) for name in sources if name in self._numbers]
        read = "" if not numbers else ("source " if len(numbers) == 1 else "sources ")
        parts = [basis or "", as_of or "", read + ", ".join(numbers)]
        inside = ", ".join(part for part in parts if part)
        return f" ({inside})" if inside else ""

    def condition(self, atom: Atom) -> str:
        """Return a condition as a sentence without its full stop."""
        from knowledge.model.condition import test_of

        test, operand = test_of(atom)
        question: Question | None = self.knowledge.questions.get(atom.fact)
        labels = {choice.id: choice.label for choice in question.choices} if question else {}
        unit = question.unit if question else ""
        items = operand if isinstance(operand, tuple) else (operand,)
        words = []
        for item in items:
            if isinstance(item, bool):
                words.append("yes" if item else "no")
            elif isinstance(item, float):
                words.append(f"{item:g} {unit}".strip())
            else:
                words.append(f"“{labels.get(item, item)}”")
        name = question.title if question else atom.fact
        return f"{name} {TESTS[test]} {' or '.join(words)}"


def points(value: float) -> str:
    """Return an effect or value on a scale from 0 to 1 in points of 100."""
    return f"{100 * value:+.0f}"


def title_case(text: str) -> str:
    """Return the first letter as a capital."""
    return text[:1].upper() + text[1:]
