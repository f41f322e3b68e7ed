"""Words of a text, fit to be shown."""

from __future__ import annotations

from knowledge.errors import shortened
from knowledge.text import printable

LONGEST = 100


def words(text: str, start: int, end: int) -> str:
    """Return the words of a stretch of text, printable and on one line."""
    return printable(shortened(" ".join(text[start:end].split()), LONGEST))
