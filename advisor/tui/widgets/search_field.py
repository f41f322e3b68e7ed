"""A field to search with: the list below it is moved through without leaving the field."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from ..wording import clean


class SearchField(Input):
    """Takes any text; what could steer the terminal is replaced as it is typed or pasted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Open", id="field.open"),
        # Where every letter is text, help needs another key.
        Binding("f1", "app.help", "Help", key_display="F1", id="field.help"),
        Binding("down", "screen.move(1)", show=False, id="list.field-down"),
        Binding("up", "screen.move(-1)", show=False, id="list.field-up"),
    ]

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in, made safe to show."""
        super().replace(clean(text), start, end)
