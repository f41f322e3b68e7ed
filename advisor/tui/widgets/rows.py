"""A row of a list: a mark, then text that wraps under itself and not under the mark."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

Part = str | Content | tuple[str, str]

MUTED = "$text-muted"
NARROW_INDENT = 4


class Row(Visual):
    """Lead and body. A lead that takes too much of the width gets a line of its own."""

    def __init__(self, lead: Content, body: Content) -> None:
        """Keep both."""
        self.lead = lead
        self.body = body
        self._height: tuple[int, int] = (-1, 0)

    @property
    def plain(self) -> str:
        """The text without styles."""
        return f"{self.lead.plain}{self.body.plain}"

    def _indent(self, width: int) -> tuple[int, bool]:
        lead = self.lead.cell_length
        return (NARROW_INDENT, True) if lead > 8 and lead * 5 > width * 2 else (lead, False)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the lines; the body hangs at the end of the lead."""
        indent, own_line = self._indent(width)
        lines = self.body.render_strips(max(width - indent, 1), None, style, options)
        blank = Content(" " * indent).render_strips(indent, 1, style, options) if indent else []
        found = []
        if own_line:
            found += self.lead.render_strips(width, 1, style, options)
        elif self.lead.cell_length:
            lead = self.lead.render_strips(indent, 1, style, options)
            found.append(Strip.join([*lead, *lines[:1]]))
            lines = lines[1:]
        found += [Strip.join([*blank, line]) for line in lines]
        return found if height is None else found[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width that needs no wrapping."""
        return self.lead.cell_length + self.body.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines at this width."""
        if self._height[0] != width:
            indent, own_line = self._indent(width)
            height = self.body.get_height(rules, max(width - indent, 1))
            self._height = (width, height + own_line)
        return self._height[1]


def row(lead: Part | list[Part] = "", *body: Part) -> Row:
    """Return a row of pieces: text, or text with a style."""
    leads: list[Any] = lead if isinstance(lead, list) else [lead]
    return Row(Content.assemble(*leads), Content.assemble(*body))
