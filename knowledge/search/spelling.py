"""From a typed word to words of the index: as it stands, as a beginning, in another form, misspelt.

Loads rapidfuzz only when a word is found in none of the other ways.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .index import Index
from .words import stem

FORM, SPELLING = 0.85, 0.75
MOST_ENDINGS = 48
MOST_SPELLINGS = 6
SHORTEST_BEGINNING = 2
SHORTEST_MISSPELT = 4
TWO_SLIPS_FROM = 7


class Candidate(msgspec.Struct):
    """A word of the index that a typed word may mean, and how close it is."""

    number: int
    closeness: float


def candidates(index: Index, word: str) -> list[Candidate]:
    """Return the words of the index that a typed word may mean, the closest first."""
    exact = index.number_of(word)
    found = {} if exact is None else {exact: 1.0}
    for number in _forms(index, word):
        found.setdefault(number, FORM)
    if exact is None:
        for number, closeness in _endings(index, word):
            found.setdefault(number, closeness)
    if not found:
        found = _spellings(index, word)
    return sorted((Candidate(*item) for item in found.items()), key=lambda c: -c.closeness)


def _forms(index: Index, word: str) -> Sequence[int]:
    """Return the plural, the singular and other forms of a word."""
    root = stem(word)
    if len(root) < 3:
        return ()
    start, end = index.starting_with(root[: max(3, len(root) - 2)])
    return [n for n in range(start, end) if stem(index.vocabulary[n]) == root]


def _endings(index: Index, word: str) -> list[tuple[int, float]]:
    """Return words that begin like this: somebody is still typing."""
    if len(word) < SHORTEST_BEGINNING:
        return []
    start, end = index.starting_with(word)
    numbers: Sequence[int] = range(start, end)
    if len(numbers) > MOST_ENDINGS:
        numbers = sorted(numbers, key=index.count, reverse=True)[:MOST_ENDINGS]
    return [(n, 0.5 + 0.35 * len(word) / len(index.vocabulary[n])) for n in numbers]


def _spellings(index: Index, word: str) -> dict[int, float]:
    """Return the words that are fewest slips away: a letter too many, missing, wrong or swapped."""
    if len(word) < SHORTEST_MISSPELT:
        return {}
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    slips = 1 if len(word) < TWO_SLIPS_FROM else 2
    near = extract(
        word, index.plain_words, scorer=OSA.distance, score_cutoff=slips, limit=MOST_SPELLINGS
    )
    found: dict[int, float] = {}
    for name, distance, _ in near:
        number = index.number_of(name)
        if distance == near[0][1] and number is not None:
            # People rarely miss the first letter.
            same_start = 1.0 if name[0] == word[0] else 0.8
            closeness = SPELLING * same_start / (1 + 0.25 * (distance - 1))
            found[number] = closeness
            for form in _forms(index, name):
                found.setdefault(form, closeness * FORM)
    return found
