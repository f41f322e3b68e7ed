"""Texts side by side under one heading; where the width is too small, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from .rows import MUTED, Row

GAP = 2
LEAST = 28
"""Columns of text narrower than this are not read with pleasure."""


class Columns(Visual):
    """A heading over cells; stacked, each cell begins with its name."""

    def __init__(self, heading: Content, names: Sequence[str], cells: Sequence[Content]) -> None:
        """`names` and `cells` in the same order; an empty heading takes no line."""
        self.heading = heading
        self.names = tuple(names)
        self.cells = tuple(cells)
        self._height: tuple[int, int] = (-1, 0)

    @property
    def plain(self) -> str:
        """The text without styles."""
        head = [self.heading.plain] if self.heading.cell_length else []
        return "\n".join([*head, *(shown.plain for shown in self._stacked())])

    def _stacked(self) -> list[Row]:
        wide = max((Content(name).cell_length for name in self.names), default=0)
        wide += 2 if wide else 0
        found = []
        for name, cell in zip(self.names, self.cells, strict=True):
            blank = " " * (wide - Content(name).cell_length)
            found.append(Row(Content.assemble("  ", (name, MUTED), blank), cell))
        return found

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the lines."""
        found = []
        if self.heading.cell_length:
            found += self.heading.render_strips(width, None, style, options)
        wide = column_width(width, len(self.cells))
        if not wide:
            for shown in self._stacked():
                found += shown.render_strips(width, None, style, options)
            return found if height is None else found[:height]
        rich_style = style.rich_style
        parts = [cell.render_strips(wide, None, style, options) for cell in self.cells]
        gap = Strip.blank(GAP, rich_style)
        for number in range(max(map(len, parts), default=0)):
            line: list[Strip] = []
            for part in parts:
                strip = part[number] if number < len(part) else Strip.blank(wide, rich_style)
                line += [strip.adjust_cell_length(wide, rich_style), gap]
            found.append(Strip.join(line[:-1]))
        return found if height is None else found[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the whole width: columns use all there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines at this width."""
        if self._height[0] != width:
            above = self.heading.get_height(rules, width) if self.heading.cell_length else 0
            wide = column_width(width, len(self.cells))
            if wide:
                below = max((cell.get_height(rules, wide) for cell in self.cells), default=0)
            else:
                below = sum(shown.get_height(rules, width) for shown in self._stacked())
            self._height = (width, above + below)
        return self._height[1]


def column_width(width: int, number: int) -> int:
    """Return how wide each of so many columns is; 0 where they do not fit side by side."""
    if not number:
        return 0
    wide = (width - GAP * (number - 1)) // number
    return wide if wide >= LEAST else 0
