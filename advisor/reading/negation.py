"""Whether something is said not to be so."""

from __future__ import annotations

from .matching import NEGATION, Marked, Match

NO_NEGATION, DENIED, OR, AND = "<no-negation>", "<denied>", "<or>", "<and>"
FARTHEST = 6
"""Words between a negation and what it still reaches."""


def denial(marked: Marked, match: Match) -> range | None:
    """Return the places of a match with the negation in it, before it or after it; None without."""
    before = _reached(marked, match.start)
    if before is not None:
        return range(before, match.end)
    inner = any(_negation(marked, place) for place in range(match.start, match.end))
    # A pattern that has its own "no" is not turned round by it.
    if inner and not _says_no(marked, match):
        return range(match.start, match.end)
    after = _denied(marked, match.end)
    return range(match.start, after) if after else None


def _says_no(marked: Marked, match: Match) -> bool:
    starts = marked.vocabulary.starts
    return any(
        key == NEGATION
        for element in marked.vocabulary.elements(match.pattern)
        for word in element.words
        for _, key in starts.get(word, ())
    )


def _negation(marked: Marked, place: int) -> bool:
    if marked.has(place, NO_NEGATION) >= marked.has(place, NEGATION):
        return False
    # "not" inside "why not" is none of its own.
    return not any(
        marked.has(before, NO_NEGATION) > place - before
        for before in range(max(0, place - 3), place)
    )


def _reached(marked: Marked, start: int) -> int | None:
    """Return where a negation before stands; a comma ends its reach unless "or" goes on."""
    clause = marked.clauses[start]
    listed = False
    for place in range(start - 1, max(-1, start - 1 - FARTHEST), -1):
        if marked.clauses[place] != clause:
            return None
        token = marked.tokens[place]
        if marked.has(place, OR):
            listed = True
        if token.mark and not listed and not _or_follows(marked, start):
            return None
        if _negation(marked, place):
            return place
        if marked.has(place, AND) and not listed:
            return None
    return None


def _or_follows(marked: Marked, start: int) -> bool:
    """Say whether the list a place belongs to ends with "or": "no phones, tablets or watches"."""
    for place in range(start, min(start + FARTHEST, len(marked.tokens))):
        if marked.clauses[place] != marked.clauses[start]:
            return False
        if marked.has(place, OR):
            return True
    return False


def _denied(marked: Marked, end: int) -> int:
    """Return the end of what denies the words before `end`; 0 if nothing does."""
    if end >= len(marked.tokens) or marked.clauses[end] != marked.clauses[end - 1]:
        return 0
    start = end + 1 if marked.tokens[end].mark and end + 1 < len(marked.tokens) else end
    length = marked.has(start, DENIED)
    if length:
        return start + length
    # "iOS no."
    last = end + 1 >= len(marked.tokens) or marked.tokens[end + 1].mark
    return end + 1 if "no" in marked.forms[end] and last else 0
