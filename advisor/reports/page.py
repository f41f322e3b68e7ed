"""Lines of a page: pieces of text with a style, wrapped to a width. No terminal codes here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

Piece = tuple[str, str]
"""Style ("", "strong", "title", "good", "bad", "faint") and text."""

Line = str | tuple[Piece, ...]

NARROWEST, WIDEST = 40, 100
LEAST_ROOM = 24


def plain(line: Line) -> str:
    """Return a line without its styles."""
    return line if isinstance(line, str) else "".join(text for _, text in line)


def title(text: str) -> Line:
    """Return a heading."""
    return (("title", text),)


def cells(text: str) -> int:
    """Return how many terminal columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return `text` in lines of at most `width` columns; words that do not fit are cut.

    `first` and `rest` begin the first line and the others; where they leave no room they are
    left out.
    """
    lines: list[str] = []
    if cells(first) > width - 2:
        first, lines = "", wrap(first, width) if first.strip() else []
    rest = rest if cells(rest) <= width - 2 else ""
    current, empty = first, True
    for word in text.split():
        while word:
            room = width - cells(current) - (not empty)
            whole = cells(word) <= room
            # A word that is too long even for a line of its own is cut where it stands.
            if not whole and not empty and (room < 8 or cells(word) <= width - cells(rest)):
                lines.append(current)
                current, empty = rest, True
                continue
            head, word = (word, "") if whole else cut(word, room)
            current += ("" if empty else " ") + head
            empty = False
            if word:
                lines.append(current)
                current, empty = rest, True
    lines.append(current)
    return [line.rstrip() for line in lines]


def cut(text: str, room: int) -> tuple[str, str]:
    """Return what fits into this many columns, one character at least, and what is left."""
    taken = 0
    for position, character in enumerate(text):
        taken += cells(character)
        if taken > room and position:
            return text[:position], text[position:]
    return text, ""


def bullet(text: str, width: int, mark: str = "•", indent: int = 2) -> list[str]:
    """Return a text as a list item."""
    first = " " * indent + mark + " "
    return wrap(text, width, first=first, rest=" " * cells(first))


def bar(share: float, length: int) -> str:
    """Return a share as a bar of this length, with eighths."""
    eighths = round(max(0.0, min(1.0, share)) * length * 8)
    full, part = divmod(eighths, 8)
    text = "█" * full + (" ▏▎▍▌▋▊▉"[part] if part else "")
    return text.ljust(length)


def table(rows: Iterable[Sequence[str]], width: int, indent: int = 2) -> list[str]:
    """Return rows as columns; the last column is wrapped, the others fit their widest text.

    Where that leaves too little room, the last column begins on a line of its own.
    """
    rows = [tuple(" ".join(text.split()) for text in row) for row in rows]
    if not rows:
        return []
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    start = " " * indent
    if indent + sum(wide + 2 for wide in widths) + LEAST_ROOM > width:
        lines = []
        for row in rows:
            lines += wrap(" · ".join(row[:-1]), width, first=start, rest=start)
            lines += wrap(row[-1], width, first=start * 2, rest=start * 2)
        return lines
    lines = []
    for row in rows:
        first = start
        for text, wide in zip(row, widths, strict=False):
            first += text + " " * (wide - cells(text) + 2)
        lines += wrap(row[-1], width, first=first, rest=" " * cells(first))
    return lines
