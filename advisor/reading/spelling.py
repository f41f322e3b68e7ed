"""Misspelt names: "tensorlow", "andriod"; ordinary words are left alone."""

from __future__ import annotations

from .matching import Marked

SHORTEST, TWO_SLIPS_FROM = 5, 9
"""The shortest words corrected have lost or swapped a letter: any slip makes them other words."""


def correct(marked: Marked, ordinary: frozenset[str]) -> None:
    """Give a word that is nowhere in the vocabulary the form of the word it is close to.

    `ordinary` are English words that lie close to the vocabulary and belong to nothing in it.
    """
    vocabulary = marked.vocabulary
    unknown = [
        place
        for place, token in enumerate(marked.tokens)
        if len(token.forms[0]) >= SHORTEST
        and token.forms[0].isalpha()
        and token.forms[0] not in ordinary
        and not any(map(vocabulary.knows, token.forms))
    ]
    if not unknown:
        return
    by_start = vocabulary.by_start()
    for place in unknown:
        word = marked.tokens[place].forms[0]
        found = _nearest(word, by_start)
        if found:
            marked.forms[place].append(found)
            marked.misspelt[place] = found


def _nearest(word: str, by_start: dict[str, list[str]]) -> str:
    # People rarely miss the first letter; the second may have come before it.
    letters = set(word)
    near = [
        name
        for start in dict.fromkeys(word[:2])
        for name in by_start.get(start, ())
        if abs(len(name) - len(word)) <= 2 and len(letters ^ set(name)) <= 3
        if len(word) > SHORTEST or len(name) > len(word) or letters == set(name)
    ]
    if not near:
        return ""
    from rapidfuzz.distance import OSA

    slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
    # Letters get lost more often than added.
    slip, _, name = min(
        (OSA.distance(word, name, score_cutoff=slips), -len(name), name) for name in near
    )
    return name if slip <= slips else ""
