"""The first line: where one is, and in which program."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from ..wording import clean
from .rows import MUTED


class TitleBar(Widget):
    """Name of the program, place, and a remark at the right."""

    DEFAULT_CSS = "TitleBar { dock: top; height: 1; padding: 0 1; background: $panel; }"

    def __init__(self, place: str, remark: str = "") -> None:
        """Say where this is."""
        super().__init__()
        self.place = place
        self.remark = remark

    def say(self, place: str, remark: str = "") -> None:
        """Change what it says."""
        self.place, self.remark = place, remark
        self.refresh()

    def render(self) -> Content:
        """Return the line, cut to the width."""
        width = self.content_size.width
        left = Content.assemble(("fw-advisor", "bold"), "  ", clean(self.place))
        right = Content.styled(clean(self.remark), MUTED)
        gap = width - left.cell_length - right.cell_length
        if gap < 2:
            return left.truncate(width, ellipsis=True)
        return left + " " * gap + right
