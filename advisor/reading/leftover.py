"""What of a text was not understood: names without a meaning, and clauses that say nothing here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from advisor.facts.fact import Ignored

from .matching import Marked, Match
from .quoting import words

FRAMEWORK, EMPTY = "<framework>", "<empty>"
LEAST_WORDS = 2
NAME_ALONE = (
    "a name alone is no fact: say what the team knows, what code exists or where the model is from"
)
NOTHING = "nothing in it answers a question"


def leftovers(text: str, marked: Marked, found: Sequence[Match]) -> Iterator[Ignored]:
    """Yield framework names that no pattern used, and clauses from which nothing was read."""
    used = {place for match in found for place in range(match.start, match.end)}
    read = {marked.clauses[match.start] for match in found}
    named = set()
    for place, spots in enumerate(marked.spots):
        length = max((s.length for s in spots if s.key == FRAMEWORK), default=0)
        if length and not used & set(range(place, place + length)):
            named.add(marked.clauses[place])
            yield Ignored(_words(text, marked, range(place, place + length)), NAME_ALONE)
    for clause in sorted(set(marked.clauses) - read - named):
        places = [p for p, c in enumerate(marked.clauses) if c == clause]
        telling = [p for p in places if not marked.tokens[p].mark and not marked.has(p, EMPTY)]
        if len(telling) >= LEAST_WORDS:
            words = [p for p in places if not marked.tokens[p].mark]
            yield Ignored(_words(text, marked, words), NOTHING)


def _words(text: str, marked: Marked, places: Iterable[int]) -> str:
    tokens = [marked.tokens[place] for place in places]
    return words(text, tokens[0].start, tokens[-1].end)
