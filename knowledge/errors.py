"""What can be wrong with knowledge or with any file a person hands over.

FileProblem            one thing that is wrong, with its place (a value, not an exception)
KnowledgeError         the knowledge base cannot be used; carries its problems
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from .text import printable

LONGEST_NAME = 120


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """Return text cut to what fits into a message; keys and values come from files."""
    return text if len(text) <= longest else text[:longest] + "…"


class FileProblem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong in a file: where, what was expected, and the nearest valid name."""

    file: str
    message: str
    line: int | None = None
    key: str = ""
    expected: str = ""
    nearest: str = ""
    code: str = "KB100"

    def __str__(self) -> str:
        """Return the problem as one printable line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        parts = [f"{place}: "]
        if self.key:
            parts.append(f"{shortened(self.key)}: ")
        parts.append(shortened(self.message, 400))
        if self.expected:
            parts.append(f" (expected {self.expected})")
        if self.nearest:
            parts.append(f"; did you mean {self.nearest!r}?")
        return printable("".join(parts))


class KnowledgeError(Exception):
    """The knowledge base, or an overlay on it, is invalid."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        """Keep every problem; the message is the first one and the number of the others."""
        self.problems = tuple(problems)
        first = str(self.problems[0]) if self.problems else "the knowledge base is invalid"
        more = len(self.problems) - 1
        super().__init__(first + (f" (and {more} more)" if more > 0 else ""))


def nearest(word: str, valid: Iterable[str]) -> str:
    """Return the valid name closest to `word`, or an empty string when none is close."""
    from rapidfuzz import fuzz, process

    names = sorted(set(valid))
    found = process.extractOne(word[:200], names, scorer=fuzz.WRatio, score_cutoff=70)
    return str(found[0]) if found else ""
