"""Groups of words and patterns, in the form the matcher works with.

Made anew by every start of the program, so it does as little as possible: phrases are indexed by
their first word, patterns by what they start with; a pattern is taken apart when that is met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from knowledge.model.reading import Phrase, Reading

from .tokens import normal

PREFIX = "words-"
GAP, NUMBER = "..", "#"
SHORTEST_MISSPELT = 5
JOINED = 2
"""Names of so many words are also written as one: "raspberrypi"."""

Words = tuple[str, ...]


class Element(msgspec.Struct, frozen=True):
    """One place of a pattern: words and groups of which one must match, a gap, or a number."""

    accepted: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    optional: bool = False
    gap: bool = False
    number: bool = False
    size: str = ""


class Pattern(msgspec.Struct, frozen=True):
    """A line of elements as it is written, and the reading it belongs to."""

    text: str
    reading: Reading
    perhaps: bool


class Vocabulary:
    """What words mean. Groups are named as patterns name them: `<android>`."""

    def __init__(self, phrases: Mapping[str, Phrase], readings: Iterable[Reading]) -> None:
        """Index phrases and patterns."""
        self.starts: dict[str, list[tuple[Words, str]]] = {}
        self.shadowing: set[str] = set()
        self.readings = list(readings)
        self.patterns: dict[str, list[Pattern]] = {}
        self._containing: dict[str, list[str]] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._elements: dict[str, tuple[Element, ...]] = {}
        self._known: set[str] = set()
        self._by_start: dict[str, list[str]] = {}
        for phrase in phrases.values():
            self._add_phrase(phrase)
        for reading in self.readings:
            self._add_patterns(reading, reading.patterns, perhaps=False)
            self._add_patterns(reading, reading.perhaps, perhaps=True)

    def groups_of(self, group: str) -> frozenset[str]:
        """Return a group and those that include it."""
        if group not in self._above:
            found, waiting = {group}, [group]
            while waiting:
                for above in self._containing.get(waiting.pop(), ()):
                    if above not in found:
                        found.add(above)
                        waiting.append(above)
            self._above[group] = frozenset(found)
        return self._above[group]

    def elements(self, pattern: Pattern) -> tuple[Element, ...]:
        """Return a pattern taken apart."""
        found = self._elements.get(pattern.text)
        if found is None:
            found = self._elements[pattern.text] = tuple(map(_element, pattern.text.split()))
        return found

    def knows(self, word: str) -> bool:
        """Say whether a word stands anywhere in phrases or patterns."""
        if not self._known:
            self._known.update(
                w for entries in self.starts.values() for ws, _ in entries for w in ws
            )
            texts = " ".join(t for r in self.readings for t in (*r.patterns, *r.perhaps))
            self._known.update(map(normal, set(texts.replace("|", " ").replace("?", " ").split())))
        return word in self._known

    def by_start(self) -> dict[str, list[str]]:
        """Return the words that can be misspelt, by their first letter."""
        if not self._by_start:
            self.knows("")
            for word in self._known:
                if len(word) >= SHORTEST_MISSPELT and word.isalpha():
                    self._by_start.setdefault(word[0], []).append(word)
        return self._by_start

    def _add_phrase(self, phrase: Phrase) -> None:
        key = f"<{phrase.id.removeprefix(PREFIX)}>"
        if phrase.shadows:
            self.shadowing.add(key)
        for included in phrase.includes:
            self._containing.setdefault(f"<{included.removeprefix(PREFIX)}>", []).append(key)
        for text in phrase.words:
            words = tuple(map(normal, text.split()))
            self.starts.setdefault(words[0], []).append((words, key))
            if phrase.names and len(words) == JOINED:
                joined = "".join(words)
                self.starts.setdefault(joined, []).append(((joined,), key))

    def _add_patterns(self, reading: Reading, texts: Words, *, perhaps: bool) -> None:
        for text in texts:
            pattern = Pattern(text, reading, perhaps)
            for word in text.split(" ", 1)[0].split("|"):
                key = word if word[0] == "<" else NUMBER if word[0] == NUMBER else normal(word)
                self.patterns.setdefault(key, []).append(pattern)


@lru_cache(maxsize=4096)
def _element(part: str) -> Element:
    if part == GAP:
        return Element(gap=True)
    if part.startswith(NUMBER):
        return Element(number=True, size=part[1:])
    names = part.removesuffix("?").split("|")
    words = frozenset(normal(name) for name in names if name[0] != "<")
    groups = frozenset(name for name in names if name[0] == "<")
    return Element(words | groups, words, groups, optional=part.endswith("?"))
