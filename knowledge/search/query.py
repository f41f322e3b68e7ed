"""Answers a query: which entries, in which order, and why each of them."""

from __future__ import annotations

from collections.abc import Collection
from math import log

import msgspec

from .catalogue import Row
from .fields import KINDS, LABELS
from .index import FIELD_BITS, HIGHEST, WEIGHT_BITS, Index
from .spelling import Candidate, candidates
from .words import GENERIC, WORD, camel_parts, telling, whole, words

LONGEST = 400
MOST_WORDS = 12
JOINED = 0.95
WHOLE_NAME, START_OF_NAME = 6.0, 2.0
MOST_NAMES = 32
LEAST = 0.12
"""Entries with less than this share of the best score are left out."""

Found = dict[int, tuple[float, int, int, str]]
"""Place in the catalogue → points, number of the word, posting, what was typed."""


class Match(msgspec.Struct, frozen=True):
    """Why an entry was found: `typed` stands in `field` as `word`."""

    field: str
    word: str
    typed: str

    def __str__(self) -> str:
        """Return the match in words."""
        said = f'{self.field} "{self.word}"'
        return said if self.typed == self.word else f'{said} ~ "{self.typed}"'


class Hit(msgspec.Struct, frozen=True):
    """An entry that was found."""

    row: Row
    score: float
    matched: tuple[Match, ...]


class _Term(msgspec.Struct):
    """A typed word with what it may mean, and how much it tells apart."""

    typed: str
    meant: list[Candidate]
    worth: float


def search(
    index: Index, rows: list[Row], text: str, kinds: Collection[str] = (), limit: int = 20
) -> list[Hit]:
    """Return the entries that fit best; empty if the text holds no word or nothing fits."""
    known = (_term(index, word) for word in query_words(index, text))
    terms = [term for term in known if term.meant]
    if not terms:
        return []
    places = _places(index, terms)
    names = _whole_names(index, terms)
    total = sum(term.worth for term in terms)
    summed: dict[int, list[float]] = {}
    for term, found in zip(terms, places, strict=True):
        for position, (points, *_) in found.items():
            sums = summed.get(position)
            if sums is None:
                summed[position] = [points, term.worth]
            else:
                sums[0] += points
                sums[1] += term.worth
    scored = []
    for position, (points, covered) in summed.items():
        kind = rows[position].kind
        if not kinds or kind in kinds:
            # An entry that has every word is worth far more than one that has half of them.
            score = points * (covered / total) ** 2 + names.get(position, 0.0)
            scored.append((-score * KINDS.get(kind, 1.0), position))
    scored.sort()
    least = LEAST * scored[0][0] if scored else 0.0
    return [
        Hit(rows[position], round(-score, 3), _matches(index, places, position))
        for score, position in scored[:limit]
        if score <= least
    ]


def query_words(index: Index, text: str) -> list[str]:
    """Return the words to look for, each once; an unknown TorchServing is taken apart."""
    found: dict[str, None] = {}
    for written in WORD.findall(text[:LONGEST]):
        parts = camel_parts(written)
        for word in words(written):
            known = not parts or index.number_of(word) is not None
            found.update(dict.fromkeys([word] if known else parts))
    return telling(list(found))[:MOST_WORDS]


def _term(index: Index, word: str) -> _Term:
    meant = candidates(index, word)
    entries = min(index.size, sum(index.count(candidate.number) for candidate in meant))
    worth = log(1 + (index.size - entries + 0.5) / (entries + 0.5))
    return _Term(word, meant, worth * (0.3 if word in GENERIC else 1.0))


def _places(index: Index, terms: list[_Term]) -> list[Found]:
    """Return for each term where it stands; two that are one word elsewhere count as that too."""
    places: list[Found] = []
    for term in terms:
        found: Found = {}
        for meant in term.meant:
            _add(index, found, meant.number, meant.closeness * term.worth, term.typed)
        places.append(found)
    for place in range(len(terms) - 1):
        first, second = terms[place], terms[place + 1]
        joined = index.number_of(first.typed + second.typed)
        if joined is not None:
            worth = JOINED * max(first.worth, second.worth) / 2
            for found in places[place : place + 2]:
                _add(index, found, joined, worth, f"{first.typed} {second.typed}")
    return places


def _add(index: Index, found: Found, number: int, worth: float, typed: str) -> None:
    """Note where a word of the index stands, unless something better is known of that place."""
    share = worth / HIGHEST
    for code in index.packed.at(number):
        position = code >> FIELD_BITS + WEIGHT_BITS
        points = share * (code & HIGHEST)
        if position not in found or found[position][0] < points:
            found[position] = (points, number, code, typed)


def _matches(index: Index, places: list[Found], position: int) -> tuple[Match, ...]:
    matches: dict[Match, None] = {}
    for found in places:
        if position in found:
            _, number, code, typed = found[position]
            field = LABELS[code >> WEIGHT_BITS & (1 << FIELD_BITS) - 1]
            matches[Match(field, index.vocabulary[number], typed)] = None
    return tuple(matches)


def _whole_names(index: Index, terms: list[_Term]) -> dict[int, float]:
    """Return what entries gain whose whole name was typed, or the beginning of it."""
    found: dict[int, float] = {}

    def gain(number: int, most: float) -> None:
        for code in index.packed.at(number):
            position = code >> FIELD_BITS + WEIGHT_BITS
            points = most * (code & HIGHEST) / HIGHEST
            found[position] = max(found.get(position, 0.0), points)

    best = [term.meant[0] for term in terms]
    typed = whole([term.typed for term in terms])
    corrected = whole([index.vocabulary[candidate.number] for candidate in best])
    closeness = min(candidate.closeness for candidate in best)
    for key, share in ((typed, 1.0), (corrected, closeness)):
        number = index.number_of(key)
        if number is not None:
            gain(number, WHOLE_NAME * share)
    start, end = index.starting_with(typed)
    for number in range(start, min(end, start + MOST_NAMES)):
        gain(number, START_OF_NAME * len(typed) / len(index.vocabulary[number]))
    return found
