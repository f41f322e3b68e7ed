"""An entry of the knowledge base: what is said, how it is known, where it was read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from ..pages.entry import entry_rows
from ..widgets.title_bar import TitleBar
from ..wording import kind_words
from .browse import BrowseScreen

if TYPE_CHECKING:
    from knowledge.model.check import Side


class EntryScreen(BrowseScreen):
    """Follows links from entry to entry, in both directions, and back."""

    NAME = "Evidence"
    HELP = (
        "What the knowledge base says, with its date and its sources. Every row with → leads on: "
        "to what the entry names, and under «Named by» to what names it. + shows the rest of a "
        "long list. Esc goes back to where you came from; [ and ] go back and forward between "
        "the pages you have seen."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket", "forward", "Forward", key_display="]", id="entry.forward"),
        Binding("slash", "app.search", "Search", key_display="/", id="entry.search"),
    ]

    def draw(self) -> None:
        """Draw the entry one is at."""
        place = self.place
        kind, self.rows = entry_rows(self.session.knowledge, place.target, place.opened)
        self.query_one(TitleBar).say(f"{self.NAME} · {kind_words(kind).one}", place.target)
        self.page.set_rows(self.rows)

    def follow(self, target: str) -> None:
        """Go where a row leads, show the rest of a list, or copy a program."""
        name, _, what = target.partition(":")
        if name == "=more":
            self.show(replace(self.here(), opened=(*self.place.opened, what)))
        elif name == "=copy":
            self.copy_program("torch" if what == "torch" else "tensorflow")
        else:
            super().follow(target)

    def copy_program(self, side: Side) -> None:
        """Copy one of the two programs of a pattern."""
        from ..pages.moving import program
        from ..pages.verified import NAMES

        text = program(self.place.target, side)
        self.advisor.copy(f"{text}\n", f"the {NAMES[side]} program")
