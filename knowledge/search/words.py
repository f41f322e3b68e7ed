"""From text to the words an index holds, the same for entries and for what a person types."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+")
CAMEL = r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+"
SHORTEST_PART = 3
LONGEST_WORD = 40

STOP = frozenset(
    WORD.findall(
        "a an and are as at be by can do does for from has have how i if in into is it its me my "
        "of on or our should than that the their there this to was we what when where which who "
        "why will with you your"
    )
)
"""Words that say nothing about a topic: left out of text and, where others remain, of queries."""

GENERIC = frozenset(
    WORD.findall(
        "about best better between compare comparison difference good much need support supported "
        "usage use used uses using versus vs work works"
    )
)
"""Words that many entries share and few are about: they count little."""


def words(text: str) -> list[str]:
    """Return the words of a text in small letters without accents."""
    return [word[:LONGEST_WORD] for word in WORD.findall(folded(text))]


def telling(found: list[str]) -> list[str]:
    """Return the words that say something; all of them if none does."""
    return [word for word in found if word not in STOP] or found


def folded(text: str) -> str:
    """Return text in small letters without accents."""
    if text.isascii():
        return text.lower()
    import unicodedata

    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def camel_parts(text: str) -> list[str]:
    """Return the parts of words written like TensorBoard, where a word has several."""
    found: list[str] = []
    if text.islower():
        return found
    for word in WORD.findall(text):
        parts = [part for part in re.findall(CAMEL, word) if len(part) >= SHORTEST_PART]
        if parts and len(parts[0]) < len(word):
            found += [part.lower() for part in parts]
    return found


def stem(word: str) -> str:
    """Return what a word shares with its plural and its other forms; rough, English only."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    word = word.replace("isation", "ization").replace("ising", "izing")
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "sses", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "os")):
        word = word[:-1]
    for ending, least in (("ing", 6), ("ed", 5), ("er", 6)):
        if word.endswith(ending) and len(word) >= least:
            word = word[: -len(ending)]
            break
    else:
        if word.endswith("e") and len(word) >= 4:
            word = word[:-1]
    twice = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if twice else word


def whole(found: list[str]) -> str:
    """Return the key of a whole name: the same with and without spaces, in plural or not."""
    return "=" + "".join(stem(word) for word in found)
