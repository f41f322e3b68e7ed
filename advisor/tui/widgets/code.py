"""Program text of both sides: side by side where every line fits, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from knowledge.text import printable

from .columns import GAP, column_width
from .rows import MUTED

INDENT = 2
GOES_ON = "↳ "
"""Stands before the rest of a line that is longer than the terminal is wide."""

BREAKS = (" ,", "([.")
"""A long line is broken after one of these, the first group if it has one."""


class Code(Visual):
    """Named pieces of program text; a name that is empty takes no line."""

    def __init__(self, pieces: Sequence[tuple[str, str]]) -> None:
        """`pieces`: what each is called, and its text."""
        self.names = tuple(name for name, _ in pieces)
        self.texts = tuple(lines_of(text) for _, text in pieces)
        self._drawn: tuple[int, Content] = (-1, Content(""))

    @property
    def plain(self) -> str:
        """The text without styles, one piece below the other, no line broken."""
        lines: list[str] = []
        for name, text in zip(self.names, self.texts, strict=True):
            lines += [f"  {name}"] if name else []
            lines += [f"    {line}".rstrip() for line in text]
        return "\n".join(lines)

    def _content(self, width: int) -> Content:
        if self._drawn[0] != width:
            wide = column_width(width - INDENT, len(self.texts)) if len(self.texts) > 1 else 0
            fits = wide and all(cells(line) <= wide for text in self.texts for line in text)
            lines = self._beside(wide) if fits else self._stacked(width)
            self._drawn = (width, Content("\n").join(lines))
        return self._drawn[1]

    def _beside(self, wide: int) -> list[Content]:
        names = [Content.styled(name, "bold") for name in self.names]
        columns = [
            [name, *map(Content, text)] for name, text in zip(names, self.texts, strict=True)
        ]
        found = []
        for number in range(max(map(len, columns))):
            line = Content(" " * INDENT)
            for column in columns:
                cell = column[number] if number < len(column) else Content("")
                line += cell + " " * (wide + GAP - cell.cell_length)
            found.append(line.rstrip())
        return found

    def _stacked(self, width: int) -> list[Content]:
        found: list[Content] = []
        for name, text in zip(self.names, self.texts, strict=True):
            indent = INDENT
            if name:
                found += [Content("")] if found else []
                found.append(Content.assemble(" " * INDENT, (name, "bold")))
                indent += INDENT
            for line in text:
                for part in broken(line, width - indent):
                    found.append(Content.assemble(" " * indent, *part))
        return found

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the lines."""
        return self._content(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the whole width: code uses all there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines at this width."""
        return self._content(width).plain.count("\n") + 1


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a program, safe to show."""
    return tuple(printable(line.expandtabs(4).rstrip()) for line in text.rstrip().split("\n"))


def cells(text: str) -> int:
    """Return how many columns of the terminal a text takes."""
    return len(text) if text.isascii() else Content(text).cell_length


def broken(line: str, width: int) -> list[tuple[str | tuple[str, str], ...]]:
    """Return a line of code in parts that fit; the rest is indented and marked."""
    start = len(line) - len(line.lstrip())
    lead = " " * min(start + 2, width // 2)
    found: list[tuple[str | tuple[str, str], ...]] = []
    room = max(width, 12)
    while cells(line) > room:
        cut = _cut(line, room)
        found.append((*_marked(lead, found), line[:cut].rstrip()))
        line = line[cut:].lstrip()
        room = max(width - len(lead) - len(GOES_ON), 8)
    return [*found, (*_marked(lead, found), line)]


def _marked(lead: str, before: Sequence[object]) -> tuple[str | tuple[str, str], ...]:
    return (lead, (GOES_ON, MUTED)) if before else ()


def _cut(line: str, room: int) -> int:
    """Return where to break: after the last place in the second half that allows it."""
    while cells(line[:room]) > room:
        room -= 1
    least = max(room // 2, len(line) - len(line.lstrip()))
    for marks in BREAKS:
        at = max(line.rfind(mark, 0, room) for mark in marks) + 1
        if at > least:
            return at
    return max(room, 1)
