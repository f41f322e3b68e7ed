"""Where phrases stand in a text, and which patterns they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from .tokens import ENDS, Token
from .vocabulary import NUMBER, Element, Pattern, Vocabulary

WIDEST_GAP = 6
TURN, BARRIER, NEGATION = "<turn>", "<barrier>", "<negation>"
"""Groups with a meaning of their own: words that start a new clause, words no gap reaches over."""


class Spot(msgspec.Struct, frozen=True):
    """A phrase in the text: its keys, and how many tokens it takes."""

    key: str
    length: int


class Match(msgspec.Struct, frozen=True):
    """A pattern found at tokens start…end; `numbers` are those it names."""

    pattern: Pattern
    start: int
    end: int
    numbers: tuple[float, ...] = ()
    misspelt: bool = False


class Marked:
    """A text with its phrases: what stands where, and in which clause."""

    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
        """Find every phrase of the vocabulary."""
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.forms = [list(token.forms) for token in tokens]
        self.misspelt: dict[int, str] = {}
        self.spots: list[list[Spot]] = [[] for _ in tokens]
        self.shadowed = [False] * len(tokens)
        self.keys: list[set[str]] = []
        self.clauses: list[int] = []
        self.parts: list[int] = []
        self._groups: dict[int, set[str]] = {}
        self._part_groups: dict[int, set[str]] = {}

    def find(self) -> None:
        """Fill spots, keys (words and groups of a place) and clauses; forms may be corrected."""
        for start in range(len(self.tokens)):
            self.spots[start] = list(self._spots(start))
        self._drop_shadowed()
        self.keys = [
            {spot.key for spot in spots} | (set() if self.shadowed[place] else {*self.forms[place]})
            for place, spots in enumerate(self.spots)
        ]
        self._count_clauses()

    def has(self, start: int, key: str) -> int:
        """Return how many tokens a phrase of this group takes at `start`; 0 if it is not there."""
        return max((s.length for s in self.spots[start] if s.key == key), default=0)

    def groups_in_clause(self, start: int) -> set[str]:
        """Return the groups that occur in the clause of a place."""
        return self._groups.get(self.clauses[start], set())

    def groups_in_part(self, start: int) -> set[str]:
        """Return the groups that occur in the same clause between the same two commas."""
        return self._part_groups.get(self.parts[start], set())

    def _spots(self, start: int) -> Iterator[Spot]:
        seen = set()
        for form in self.forms[start]:
            for words, key in self.vocabulary.starts.get(form, ()):
                if len(words) == 1 or self._stands(words, start):
                    for group in self.vocabulary.groups_of(key):
                        if (group, len(words)) not in seen:
                            seen.add((group, len(words)))
                            yield Spot(group, len(words))

    def _stands(self, words: tuple[str, ...], start: int) -> bool:
        if start + len(words) > len(self.tokens):
            return False
        return all(word in self.forms[start + place] for place, word in enumerate(words) if place)

    def _drop_shadowed(self) -> None:
        """Words of a shadowing phrase mean nothing else, unless a longer phrase holds them."""
        shadowing = self.vocabulary.shadowing
        for start, spots in enumerate(self.spots):
            longest = max((s.length for s in spots if s.key in shadowing), default=0)
            for place in range(start, start + longest if longest > 1 else start):
                self.shadowed[place] = True
                # At its start a phrase as long stays, inside it one that reaches beyond its end.
                end = start + longest
                self.spots[place] = [
                    spot
                    for spot in self.spots[place]
                    if place + spot.length >= end + (place > start)
                    and (place == start or spot.key in shadowing)
                ]

    def _count_clauses(self) -> None:
        clause = part = covered = 0
        for place, token in enumerate(self.tokens):
            # "everything but phones" negates and does not turn.
            covered = max(covered, place + self.has(place, NEGATION))
            if self.has(place, TURN) and covered <= place:
                clause, part = clause + 1, part + 1
            self.clauses.append(clause)
            self.parts.append(part)
            groups = {spot.key for spot in self.spots[place]}
            self._groups.setdefault(clause, set()).update(groups)
            self._part_groups.setdefault(part, set()).update(groups)
            clause += token.mark and token.text in ENDS
            part += token.mark


def matches(marked: Marked) -> list[Match]:
    """Return every pattern that stands in the text."""
    found: dict[tuple[str, int, int, str], Match] = {}
    for start, token in enumerate(marked.tokens):
        keys = marked.keys[start]
        for key in keys if token.number is None else {*keys, NUMBER}:
            for pattern in marked.vocabulary.patterns.get(key, ()):
                elements = marked.vocabulary.elements(pattern)
                end, numbers = _match(marked, elements, start, marked.clauses[start])
                if end:
                    wrong = any(place in marked.misspelt for place in range(start, end))
                    match = Match(pattern, start, end, numbers, wrong)
                    found[pattern.reading.id, start, end, pattern.text] = match
    return sorted(found.values(), key=lambda m: (m.start, -m.end, m.pattern.text))


Found = tuple[int, tuple[float, ...]]
NOTHING: Found = (0, ())


def _match(marked: Marked, elements: Sequence[Element], at: int, clause: int) -> Found:
    """Return the end of the first way in which elements stand at `at`; 0 if there is none."""
    if not elements:
        return at, ()
    element, rest = elements[0], elements[1:]
    if element.gap:
        return _across(marked, rest, at, clause)
    if element.optional:
        found = _one(marked, element, rest, at, clause)
        return found if found[0] else _match(marked, rest, at, clause)
    return _one(marked, element, rest, at, clause)


def _one(marked: Marked, element: Element, rest: Sequence[Element], at: int, clause: int) -> Found:
    if at >= len(marked.tokens) or marked.clauses[at] != clause:
        return NOTHING
    token = marked.tokens[at]
    if element.number:
        if token.number is None or not _size_fits(element.size, token.size):
            return NOTHING
        end, numbers = _match(marked, rest, at + 1, clause)
        return (end, (token.number, *numbers)) if end else NOTHING
    keys = marked.keys[at]
    if keys.isdisjoint(element.accepted):
        return NOTHING
    lengths = {spot.length for spot in marked.spots[at] if spot.key in element.groups}
    if not keys.isdisjoint(element.words):
        lengths.add(1)
    for length in sorted(lengths, reverse=True):
        found = _match(marked, rest, at + length, clause)
        if found[0]:
            return found
    return NOTHING


def _size_fits(wanted: str, size: str) -> bool:
    return not wanted or wanted == size


def _across(marked: Marked, rest: Sequence[Element], at: int, clause: int) -> Found:
    """Try to go on after 0…WIDEST_GAP tokens of this clause, over no word that turns the sense."""
    for place in range(at, min(at + WIDEST_GAP, len(marked.tokens) - 1) + 1):
        found = _match(marked, rest, place, clause)
        if found[0]:
            return found
        if marked.clauses[place] != clause or BARRIER in marked.keys[place]:
            break
    return NOTHING
