"""The command line that gives the same advice, to copy."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from ..widgets.row_list import RowList
from ..widgets.rows import row
from ..wording import clean
from .base import Dialog


class CommandScreen(Dialog[None]):
    """Shows a command."""

    NAME = "As a command"
    HELP = "This command gives the same advice without questions, in a script or another terminal."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,y", "copy", "Copy", key_display="c", id="command.copy"),
    ]

    def __init__(self, command: str) -> None:
        """Show this command."""
        super().__init__()
        self.command = command

    def compose(self) -> ComposeResult:
        """Lay out."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled("The same advice as a command", "bold"))
            yield Static(Content(clean(self.command)), id="command")
            yield RowList(id="ways")

    def on_mount(self) -> None:
        """Fill in."""
        ways = self.query_one(RowList)
        ways.set_rows([("copy", row("", "Copy it (c)")), ("close", row("", "Close (Esc)"))])
        ways.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice."""
        if event.option_id == "copy":
            self.action_copy()
        else:
            self.dismiss(None)

    def action_copy(self) -> None:
        """Copy and close."""
        self.advisor.copy(self.command, "the command")
        self.dismiss(None)
