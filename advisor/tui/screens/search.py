"""Search as you type over everything; without a query, what there is by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from ..pages.search import kind_counts, search_rows, total
from ..trail import Place, Trail
from ..widgets.rows import Row, row
from ..widgets.search_field import SearchField
from ..widgets.title_bar import TitleBar
from ..wording import kind_words, kinds_in_order
from .browse import BrowseScreen

ALL = "=all"


class SearchScreen(BrowseScreen):
    """One field, one list."""

    NAME = "Search"
    AS_PAGE = False
    HELP = (
        "Type anything: names, half words and slips of the pen are understood, and each result "
        "says where the words stand in it. ↑ and ↓ move in the results without leaving the "
        "field, Enter opens one, Esc goes back. Tab goes to the list, where single keys work: f "
        "(in the field: Ctrl+F) shows one kind only, / returns to the field."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,ctrl+f", "choose_kind", "Kind", key_display="^f", id="search.kind"),
        Binding("slash", "field", "To the field", key_display="/", show=False, id="search.field"),
    ]

    def __init__(self, place: Place, trail: Trail) -> None:
        """Show what was found."""
        super().__init__(place, trail)
        self.drawn: tuple[str, tuple[str, ...]] | None = None

    def above(self) -> Iterator[Widget]:
        """Yield the field."""
        yield SearchField(
            self.place.query,
            placeholder="search everything",
            id="search",
            compact=True,
            select_on_focus=False,
        )

    def begin(self) -> None:
        """Begin in the field."""
        self.field.focus()

    @property
    def field(self) -> SearchField:
        """What one types in."""
        return self.query_one(SearchField)

    def show(self, place: Place) -> None:
        """Draw a place, the field included."""
        super().show(place)
        with self.prevent(Input.Changed):
            self.field.value = place.query
        self.field.cursor_position = len(place.query)

    def draw(self) -> None:
        """Draw what is found."""
        remark, self.rows = search_rows(self.session.knowledge, self.place)
        self.drawn = (self.place.query, self.place.kinds)
        kinds = ", ".join(kind_words(kind).many for kind in self.place.kinds)
        self.query_one(TitleBar).say(f"{self.NAME} · {kinds}" if kinds else self.NAME, remark)
        self.page.set_rows(self.rows)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types."""
        if (event.value, self.place.kinds) != self.drawn:
            self.refine(replace(self.place, query=event.value))

    def on_input_submitted(self) -> None:
        """Open the result at the pointer."""
        self.page.action_select()

    def action_move(self, step: int) -> None:
        """Move in the list while one types."""
        if step > 0:
            self.page.action_cursor_down()
        else:
            self.page.action_cursor_up()

    def action_field(self) -> None:
        """Go to the field."""
        self.field.focus()

    def action_choose_kind(self) -> None:
        """Choose which kind is shown."""
        from .choose import ChooseScreen

        knowledge, query = self.session.knowledge, self.place.query
        counts = kind_counts(knowledge, query)
        every = f"{'Everything':<14}{total(knowledge, query):>5}"
        rows: list[tuple[str, Row]] = [(ALL, row("", every))]
        rows += [
            (kind, row("", f"{kind_words(kind).many:<14}{counts[kind]:>5}"))
            for kind in kinds_in_order(counts)
        ]

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self.refine(replace(self.place, kinds=() if kind == ALL else (kind,)))

        here = next(iter(self.place.kinds), ALL)
        self.app.push_screen(ChooseScreen("Show only", rows, here), chosen)
