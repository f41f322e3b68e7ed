"""A page of rows, some of which open: what the screens about kept results share."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, OptionList

from ..pages.pieces import Rows
from ..widgets.row_list import RowList, target_of
from ..widgets.title_bar import TitleBar
from .base import AdvisorScreen

NARROWEST, WIDEST = 40, 110


class PageScreen(AdvisorScreen):
    """Draws `rows`; Enter opens a row of one of the kinds in `OPENED`, and follows any other."""

    OPENED: ClassVar[tuple[str, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,h,left", "leave", "Back", key_display="Esc", id="page.leave"),
    ]

    def __init__(self) -> None:
        """Begin with everything closed that can be opened."""
        super().__init__()
        self.opened: set[str] = set()
        self.offered: list[bool | None] = []

    def compose(self) -> ComposeResult:
        """Lay out one page."""
        yield TitleBar(self.NAME)
        yield RowList(page=True, id="page")
        yield Footer(show_command_palette=False, compact=True)

    @property
    def page(self) -> RowList:
        """The rows."""
        return self.query_one("#page", RowList)

    def on_mount(self) -> None:
        """Draw what is known at once."""
        self.page.styles.height = "1fr"
        self.page.focus()
        self.begin()
        self.draw()

    def begin(self) -> None:
        """Set going what has to be fetched."""

    def rows(self, width: int) -> Rows:
        """Return the page."""
        raise NotImplementedError

    def remark(self) -> str:
        """Return what stands at the right of the title."""
        return ""

    def draw(self) -> None:
        """Draw the page for the width there is."""
        if not self.is_attached:
            return
        width = max(NARROWEST, min(self.app.size.width - 5, WIDEST))
        self.page.set_rows(self.rows(width), keep=not self.page.untouched)
        self.query_one(TitleBar).say(self.NAME, self.remark())
        self.offer()

    def offer(self) -> None:
        """Show other keys, if others work now: the footer is not drawn with every event."""
        bound = [binding for binding in self.BINDINGS if isinstance(binding, Binding)]
        now = [self.check_action(binding.action, ()) for binding in bound]
        if now != self.offered:
            self.offered = now
            self.refresh_bindings()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.draw()

    def on_option_list_option_highlighted(self) -> None:
        """See which keys work on the row at the pointer."""
        self.offer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open or close a row, or go where it leads."""
        target = target_of(event.option) or ""
        if target.partition(":")[0] in self.OPENED:
            self.open_or_close(target)
        else:
            self.follow(target)

    def open_or_close(self, target: str) -> None:
        """Show what is behind a row, or hide it again."""
        self.opened ^= {target}
        self.draw()
        if target in self.opened:
            self.page.show_below()

    def follow(self, target: str) -> None:
        """Do what a row is for."""
