"""Whether something is said not to be so."""

from __future__ import annotations

from .matching import NEGATION, Marked, Match

NO_NEGATION, DENIED, OR, AND = "<no-negation>", "<denied>", "<or>", "<and>"
FARTHEST = 6
"""Words between a negation and what it still reaches."""


def negated(marked: Marked, match: Match) -> bool:
    """Say whether a negation stands in a match, reaches it from before, or denies it after."""
    inner = [place for place in range(match.start, match.end) if _negation(marked, place)]
    # A pattern that has its own "no" is not turned round by it.
    return (
        bool(inner and not _says_no(marked, match))
        or _reached(marked, match.start)
        or _denied(marked, match.end)
    )


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


def _reached(marked: Marked, start: int) -> bool:
    """Look backwards; a comma ends the reach unless the list goes on with "or"."""
    clause = marked.clauses[start]
    listed = False
    for place in range(start - 1, max(-1, start - 1 - FARTHEST), -1):
        if marked.clauses[place] != clause:
            return False
        token = marked.tokens[place]
        if marked.has(place, OR):
            listed = True
        if token.mark and not listed and not _or_follows(marked, start):
            return False
        if _negation(marked, place):
            return True
        if marked.has(place, AND) and not listed:
            return False
    return False


def _or_follows(marked: Marked, start: int) -> bool:
    """Say whether the list a place belongs to ends with "or": "no phones, tablets or watches"."""
    for place in range(start, min(start + FARTHEST, len(marked.tokens))):
        if marked.clauses[place] != marked.clauses[start]:
            return False
        if marked.has(place, OR):
            return True
    return False


def _denied(marked: Marked, end: int) -> bool:
    if end >= len(marked.tokens) or marked.clauses[end] != marked.clauses[end - 1]:
        return False
    start = end + 1 if marked.tokens[end].mark and end + 1 < len(marked.tokens) else end
    if marked.has(start, DENIED):
        return True
    # "iOS no."
    last = end + 1 >= len(marked.tokens) or marked.tokens[end + 1].mark
    return "no" in marked.forms[end] and last
