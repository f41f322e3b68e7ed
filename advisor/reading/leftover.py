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
REASONS = {
    "<others>": "said of somebody else: only what your own team has and knows counts",
    "<wish>": "a wish or a thought: only what is so today counts",
    "<past>": "long ago: only what is so today counts",
    "<asking>": "only asked about or considered: no fact yet",
    "<hypothetical>": "only imagined: no fact yet",
}
"""Why a name beside such words says nothing."""
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
            start, reason = _reason(marked, place)
            yield Ignored(_words(text, marked, range(start, place + length)), reason)
    for clause in sorted(set(marked.clauses) - read - named):
        places = [p for p, c in enumerate(marked.clauses) if c == clause]
        telling = [p for p in places if not marked.tokens[p].mark and not marked.has(p, EMPTY)]
        if len(telling) >= LEAST_WORDS:
            words = [p for p in places if not marked.tokens[p].mark]
            yield Ignored(_words(text, marked, words), NOTHING)


def _reason(marked: Marked, place: int) -> tuple[int, str]:
    """Return why a name says nothing, and where the words before it that tell so begin."""
    for before in range(place, -1, -1):
        if marked.clauses[before] != marked.clauses[place]:
            break
        found = next((REASONS[key] for key in REASONS if marked.has(before, key)), "")
        if found:
            return before, found
    around = marked.groups_in_part(place)
    return place, next((reason for key, reason in REASONS.items() if key in around), NAME_ALONE)


def _words(text: str, marked: Marked, places: Iterable[int]) -> str:
    tokens = [marked.tokens[place] for place in places]
    return words(text, tokens[0].start, tokens[-1].end)
