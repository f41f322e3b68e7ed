"""An entry of the knowledge base as evidence: what is said, how it is known, where it was read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, OptionList

from ..entry_rows import entry_rows
from ..widgets.row_list import RowList, target_of
from ..widgets.title_bar import TitleBar
from .base import AdvisorScreen


class EntryScreen(AdvisorScreen):
    """Follows links from entry to entry, and back."""

    NAME = "Evidence"
    HELP = (
        "What the knowledge base says, with its date and its sources. Enter follows a link, "
        "Esc goes back to where you came from, ] goes forward again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,b,h,left,left_square_bracket",
            "leave",
            "Back",
            key_display="Esc",
            id="entry.leave",
        ),
        Binding("right_square_bracket", "forward", "Forward", key_display="]", id="entry.forward"),
        Binding("y", "copy", "Copy", id="entry.copy"),
        Binding("slash", "app.command_palette", "Search", key_display="/", id="entry.search"),
    ]

    def __init__(self, target: str) -> None:
        """Show this entry."""
        super().__init__()
        self.target = target
        self.past: list[str] = []
        self.coming: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out one page."""
        yield TitleBar(self.NAME)
        yield RowList(page=True, id="page")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Draw the first entry."""
        page = self.query_one(RowList)
        page.styles.height = "1fr"
        page.focus()
        self.draw()

    def draw(self) -> None:
        """Draw the entry one is at."""
        kind, rows = entry_rows(self.session.knowledge, self.target)
        self.query_one(TitleBar).say(f"{self.NAME} · {kind} · {self.target}")
        self.query_one(RowList).set_rows(rows)

    def go(self, target: str) -> None:
        """Follow a link."""
        if target != self.target:
            self.past.append(self.target)
            self.coming.clear()
            self.target = target
            self.draw()

    def action_leave(self) -> None:
        """Go back an entry, or leave."""
        if not self.past:
            super().action_leave()
            return
        self.coming.append(self.target)
        self.target = self.past.pop()
        self.draw()

    def action_forward(self) -> None:
        """Go forward again."""
        if self.coming:
            self.past.append(self.target)
            self.target = self.coming.pop()
            self.draw()

    def action_copy(self) -> None:
        """Copy the page as text."""
        _, rows = entry_rows(self.session.knowledge, self.target)
        self.advisor.copy("\n".join(shown.plain for _, shown in rows) + "\n", "this entry")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Follow a link."""
        target = target_of(event.option)
        if target:
            self.go(target)
