"""The characters that charts in a terminal are made of: block characters, or plain ASCII."""

from __future__ import annotations

from msgspec import Struct

from ..page import Line

PLAIN = str.maketrans("÷–−×µ…·“”’", '/--xu.-""\'')


class Signs(Struct, frozen=True):
    """The characters of a terminal."""

    bar: str
    claimed_bar: str
    line: str
    ends: tuple[str, str]
    dot: str
    claimed_dot: str
    reference: str
    levels: str


BLOCKS = Signs("█", "░", "─", ("├", "┤"), "●", "○", "┊", "▁▂▃▄▅▆▇█")
ASCII = Signs("#", ".", "-", ("[", "]"), "o", "x", ":", "_.-=+*%#")


def in_ascii(line: Line) -> Line:
    """Return a line in letters that every terminal has; one for one, so that columns stay."""
    if isinstance(line, str):
        return line.translate(PLAIN).encode("ascii", "replace").decode()
    return tuple(
        (style, text.translate(PLAIN).encode("ascii", "replace").decode()) for style, text in line
    )
