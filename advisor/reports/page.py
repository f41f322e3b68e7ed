"""Lines of a page: pieces of text with a style, wrapped to a width. No terminal codes here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

Piece = tuple[str, str]
"""Style ("", "strong", "title", "good", "bad", "faint") and text."""

Line = str | tuple[Piece, ...]

NARROWEST, WIDEST = 40, 100


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
    """Return `text` in lines of at most `width` columns; a longer word stands alone, cut."""
    lines, current = [], first
    empty = True
    for word in text.split():
        while cells(rest) + cells(word) > width > cells(rest) + 1:
            room = max(width - cells(current) - (not empty), 1)
            if not empty and room < 8:
                lines.append(current.rstrip())
                current, empty = rest, True
                continue
            current += ("" if empty else " ") + word[:room]
            word = word[room:]
            lines.append(current)
            current, empty = rest, True
        if not empty and cells(current) + 1 + cells(word) > width:
            lines.append(current)
            current, empty = rest, True
        current += ("" if empty else " ") + word
        empty = False
    lines.append(current)
    return [line.rstrip() for line in lines]


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
    """Return rows as columns; the last column is wrapped, the others fit their widest text."""
    rows = [tuple(row) for row in rows]
    if not rows:
        return []
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        first = " " * indent
        for text, wide in zip(row, widths, strict=False):
            first += text + " " * (wide - cells(text) + 2)
        rest = " " * min(cells(first), width // 2)
        lines += wrap(row[-1], width, first=first, rest=rest)
    return lines
