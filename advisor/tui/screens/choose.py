"""One of a few things, in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from ..widgets.row_list import RowList, target_of
from ..widgets.rows import Row
from .base import Dialog


class ChooseScreen(Dialog[str]):
    """Returns the id of the row that was chosen, or nothing."""

    NAME = "Choose"
    HELP = "Enter takes the row at the pointer, Esc leaves everything as it is."
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, title: str, rows: Sequence[tuple[str, Row]], here: str = "") -> None:
        """`here`: the row that holds now."""
        super().__init__()
        self.heading = title
        self.rows = rows
        self.here = here

    def compose(self) -> ComposeResult:
        """Lay out title and rows."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self.heading, "bold"))
            yield RowList(id="choices")

    def on_mount(self) -> None:
        """Fill in."""
        choices = self.query_one(RowList)
        choices.set_rows(list(self.rows))
        choices.point_at(self.here)
        choices.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice."""
        self.dismiss(target_of(event.option))
