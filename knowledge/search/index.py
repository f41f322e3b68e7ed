"""The inverted index: a sorted vocabulary, and for every word where it stands and how much.

A posting is one number: place in the catalogue, field, weight. Names as a whole are words that
begin with "=".
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import msgspec

from .packed import Packed

WEIGHT_BITS, FIELD_BITS = 7, 5
HIGHEST = (1 << WEIGHT_BITS) - 1
LAST = "\U0010ffff"


class Index(msgspec.Struct, array_like=True, dict=True):
    """What the compiled form holds of the index; words are separated by line ends."""

    text: str
    packed: Packed
    size: int

    @cached_property
    def vocabulary(self) -> list[str]:
        """All words, sorted."""
        return self.text.split("\n") if self.text else []

    @cached_property
    def plain_words(self) -> list[str]:
        """The words that are not whole names."""
        start, end = self.starting_with("=")
        return self.vocabulary[:start] + self.vocabulary[end:]

    def number_of(self, word: str) -> int | None:
        """Return the number of a word, or None if no entry has it."""
        number = bisect_left(self.vocabulary, word)
        known = number < len(self.vocabulary) and self.vocabulary[number] == word
        return number if known else None

    def starting_with(self, start: str) -> tuple[int, int]:
        """Return the numbers from … to (exclusive) of words with this beginning."""
        return bisect_left(self.vocabulary, start), bisect_left(self.vocabulary, start + LAST)

    def count(self, number: int) -> int:
        """Return how many entries have a word."""
        return self.packed.length(number)
