"""What the pages of the knowledge base share: links, and the way back and forward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Footer, OptionList

from ..pages.pieces import Rows
from ..trail import Page, Place, Trail, place_of
from ..widgets.row_list import RowList, target_of
from ..widgets.title_bar import TitleBar
from .base import AdvisorScreen

SCREENS: dict[Page, tuple[str, str]] = {
    "entry": ("entry", "EntryScreen"),
    "search": ("search", "SearchScreen"),
    "compare": ("compare", "CompareScreen"),
    "claims": ("claims", "ClaimsScreen"),
    "api": ("api", "ApiScreen"),
    "learn": ("learn", "LearnScreen"),
}


def screen_for(place: Place, trail: Trail) -> BrowseScreen:
    """Return a new screen for a place."""
    module, name = SCREENS[place.page]
    made: BrowseScreen = getattr(import_module(f".{module}", __package__), name)(place, trail)
    return made


class BrowseScreen(AdvisorScreen):
    """A page of rows; the trail goes from screen to screen."""

    CSS_PATH = "browse.tcss"
    AS_PAGE: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,h,left", "leave", "Back", key_display="Esc", id="browse.leave"),
        Binding(
            "left_square_bracket,alt+left",
            "back",
            "Page before",
            key_display="[",
            show=False,
            id="browse.back",
        ),
        Binding(
            "right_square_bracket,alt+right",
            "forward",
            "Page after",
            key_display="]",
            show=False,
            id="browse.forward",
        ),
        Binding("y", "copy", "Copy the page", show=False, id="browse.copy"),
    ]

    def __init__(self, place: Place, trail: Trail) -> None:
        """Show this place."""
        super().__init__()
        self.place = place
        self.trail = trail
        self.rows: Rows = []

    def compose(self) -> ComposeResult:
        """Lay out title, what a page has above its rows, rows and keys."""
        yield TitleBar(self.NAME)
        yield from self.above()
        yield RowList(page=self.AS_PAGE, id="page")
        yield Footer(show_command_palette=False, compact=True)

    def above(self) -> Iterator[Widget]:
        """Yield what stands between title and rows."""
        yield from ()

    def on_mount(self) -> None:
        """Draw the place."""
        self.begin()
        self.show(self.place)

    def begin(self) -> None:
        """Give the focus to what keys are for at first."""
        self.page.focus()

    @property
    def page(self) -> RowList:
        """The rows."""
        return self.query_one("#page", RowList)

    def draw(self) -> None:
        """Draw `place`."""
        raise NotImplementedError

    def show(self, place: Place) -> None:
        """Draw a place, pointer and scroll position as they were left."""
        self.place = place
        self.draw()
        if place.pointer is not None or place.scroll:
            self.call_after_refresh(self._restore, place)

    def _restore(self, place: Place) -> None:
        page = self.page
        if place.pointer is not None and place.pointer < len(page.options):
            page.highlighted = place.pointer
        page.scroll_to(y=place.scroll, animate=False, immediate=True)

    def here(self) -> Place:
        """Return the place with pointer and scroll position as they are."""
        page = self.page
        return replace(self.place, pointer=page.highlighted, scroll=page.scroll_offset.y)

    def visit(self, place: Place) -> None:
        """Go on to another place."""
        here = self.here()
        if replace(here, pointer=None, scroll=0) != replace(place, pointer=None, scroll=0):
            self.trail.leave(here)
            self._turn(place)

    def _turn(self, place: Place) -> None:
        if place.page == self.place.page:
            self.show(place)
        else:
            self.app.switch_screen(screen_for(place, self.trail))

    def refine(self, place: Place) -> None:
        """Show the same page otherwise (a filter): that is no step of the way."""
        self.place = replace(place, pointer=None, scroll=0)
        self.draw()

    def action_leave(self) -> None:
        """Go back a page, or leave from the first."""
        place = self.trail.back(self.here())
        if place is None:
            self.app.pop_screen()
        else:
            self._turn(place)

    def action_back(self) -> None:
        """Go back a page."""
        if self.trail.past:
            self.action_leave()
        else:
            self.advisor.say("This is the first page; Esc leaves.")

    def action_forward(self) -> None:
        """Go forward again."""
        place = self.trail.forward(self.here())
        if place is None:
            self.advisor.say("There is no page after this one.")
        else:
            self._turn(place)

    def action_copy(self) -> None:
        """Copy the page as text."""
        from ..pages.entry import as_text

        self.advisor.copy(as_text(self.rows), "this page")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Follow a link."""
        target = target_of(event.option)
        if target:
            self.follow(target)

    def follow(self, target: str) -> None:
        """Go where a row leads."""
        if target.startswith("=ask:"):
            self.advisor.ask(target.removeprefix("=ask:"))
        else:
            self.visit(place_of(target))
