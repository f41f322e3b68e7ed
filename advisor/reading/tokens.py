"""Text cut into words, numbers and marks, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

LONGEST_TEXT = 8_000
LONGEST_WORD = 40
TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)(?P<size>(?:[kmb]|bn)(?![a-z0-9]))?(?:x(?=[a-z ]))?"
    r"|(?P<word>\.?[^\W\d_][^\W_]*(?:['.][^\W_]+)*(?:\+\+|\#)?)"
    r"|(?P<mark>[,.;:!?…•&>()]|\n(?=\s*(?:\n|[-*•\d]))|(?<=\s)[-–—](?=\s)|—)"
)
SIZES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9}
SIZE_WORDS = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "milion": 1e6,
    "bilion": 1e9,
}
"""Two of them as they are misspelt: words are corrected after numbers are made."""
NUMBERS = {
    word: float(number)
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10.0 * (number + 2)
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
ENDS = frozenset(".;!?\n…•>-–—")
"""Marks that end a clause; a comma does not, and other marks count as spaces."""


class Token(msgspec.Struct, frozen=True):
    """A word, number or mark; `forms` are the ways it may stand in the vocabulary."""

    text: str
    forms: tuple[str, ...]
    start: int
    end: int
    number: float | None = None
    size: str = ""
    mark: bool = False


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text; what is longer than LONGEST_TEXT is cut."""
    found: list[Token] = []
    for match in TOKEN.finditer(plain(text[:LONGEST_TEXT])):
        start, end = match.span()
        if match["number"]:
            found.append(_number(match["number"], (match["size"] or "").lower(), start, end))
        elif match["word"]:
            found.append(_word(match["word"], start, end))
        else:
            found.append(Token(match["mark"], (match["mark"],), start, end, mark=True))
    return _with_sizes(found)


def plain(text: str) -> str:
    """Return small letters without accents, character for character: places stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(_plain_character(character) for character in text)


def _plain_character(character: str) -> str:
    if character in "’‘ʼ`":
        return "'"
    folded = unicodedata.normalize("NFKD", character).lower()
    return folded[0] if folded and folded[0].isascii() else character.lower()[:1] or " "


@lru_cache(maxsize=8192)
def normal(word: str) -> str:
    """Return a word without "'s" and its plural's ending, the same for text and vocabulary."""
    if word[-1:] not in ("s", "'"):
        return word
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _word(text: str, start: int, end: int) -> Token:
    text = text[:LONGEST_WORD].removesuffix("'s").rstrip(".'")
    forms = [normal(text)]
    head = text.split(".")[0]
    if head and head != text:
        # "tf2.x" is also "tf2", and "model.pth" is also ".pth".
        forms += [normal(head), "." + normal(text.rsplit(".", 1)[1])]
    number = NUMBERS.get(text)
    return Token(text, tuple(forms), start, end, number)


def _number(text: str, size: str, start: int, end: int) -> Token:
    digits = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", text) else text
    parts = digits.replace(",", ".").split(".")
    value = float(".".join(parts[:2])[:30])
    forms = (text, parts[0]) if len(parts) > 1 else (text,)
    return Token(text + size, forms, start, end, value * SIZES.get(size, 1.0), size[:1])


def _with_sizes(tokens: list[Token]) -> list[Token]:
    """Join numbers and the words that multiply them: "7 billion", "two thousand"."""
    found: list[Token] = []
    for token in tokens:
        times = SIZE_WORDS.get(normal(token.text))
        last = found[-1] if found else None
        counted = last is not None and last.number is not None and last.size in ("", "word")
        if times and last is not None and last.number is not None and counted:
            size = {1e6: "m", 1e9: "b"}.get(times, "k")
            text = f"{last.text} {token.text}"
            number = last.number * times
            found[-1] = Token(text, (text,), last.start, token.end, number, size)
        elif times:
            found.append(Token(token.text, token.forms, token.start, token.end, times, "word"))
        else:
            found.append(token)
    return found
