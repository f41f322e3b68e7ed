"""The equivalent of a symbol on the other side, found while one types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from advisor.documents.api import Equivalent

from ..pages.api import Matches, hint_rows, match_rows, matches, seen
from ..pages.equivalent import OTHER, direction, page_rows, side_name
from ..trail import Place, Trail
from ..widgets.row_list import RowList
from ..widgets.search_field import SearchField
from ..widgets.title_bar import TitleBar
from .browse import BrowseScreen


class ApiScreen(BrowseScreen):
    """A field, the rows that fit, and the chosen one in full."""

    NAME = "API"
    HELP = (
        "Type a symbol of either framework in any spelling: whole, its last name, as after an "
        "import, or with a slip of the pen. ↑ and ↓ choose among what fits, Page Up and Page "
        "Down scroll the code below; Enter or Tab goes there, and / returns to the field. "
        "Ctrl+Y copies the code of the side on the right of the arrow, Ctrl+R turns the "
        "direction round (outside the field c and r do the same)."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,ctrl+y", "copy_code", "Copy code", key_display="^y", id="api.copy-code"),
        Binding("r,ctrl+r", "turn", "Turn round", key_display="^r", id="api.turn"),
        Binding("slash", "field", "To the field", key_display="/", show=False, id="api.field"),
        Binding("pagedown", "scroll(1)", show=False, id="list.api-down"),
        Binding("pageup", "scroll(-1)", show=False, id="list.api-up"),
    ]

    def __init__(self, place: Place, trail: Trail) -> None:
        """Show this place."""
        super().__init__(place, trail)
        self.found = Matches("", ())
        self.equivalents: list[Equivalent] = []
        self.drawn: str | None = None

    def above(self) -> Iterator[Widget]:
        """Yield the field, what is said of the matches, and the matches."""
        yield SearchField(
            self.place.query,
            placeholder="a symbol: tf.nn.softmax, nn.Linear, softmax",
            id="search",
            compact=True,
            select_on_focus=False,
        )
        yield Static(id="said", markup=False)
        yield RowList(id="matches")

    def begin(self) -> None:
        """Begin in the field."""
        self.field.focus()

    @property
    def field(self) -> SearchField:
        """What one types in."""
        return self.query_one(SearchField)

    @property
    def choices(self) -> RowList:
        """The matches."""
        return self.query_one("#matches", RowList)

    @property
    def chosen(self) -> Equivalent | None:
        """The match that is shown in full."""
        rows = [one.row for one in self.equivalents]
        number = rows.index(self.place.chosen) if self.place.chosen in rows else 0
        return self.equivalents[number] if self.equivalents else None

    def show(self, place: Place) -> None:
        """Draw a place, the field included; who comes back to a link finds it at the pointer."""
        if place.pointer is not None:
            self.page.focus()
        super().show(place)
        with self.prevent(Input.Changed):
            self.field.value = place.query
        self.field.cursor_position = len(place.query)

    def draw(self) -> None:
        """Draw what fits, and the chosen one."""
        knowledge, place = self.session.knowledge, self.place
        self.drawn = place.query
        self.found = seen(knowledge, matches(knowledge, place.query), turn=place.turned)
        self.equivalents, rows = match_rows(knowledge, self.found)
        said = self.query_one("#said", Static)
        said.update(self.found.said)
        said.display = bool(self.found.said)
        with self.prevent(OptionList.OptionHighlighted):
            self.choices.set_rows(rows)
            self.choices.display = bool(rows)
            chosen = self.chosen
            if chosen is not None:
                self.choices.point_at(str(self.equivalents.index(chosen)))
        self.draw_chosen()

    def draw_chosen(self) -> None:
        """Draw the chosen match in full."""
        knowledge, chosen = self.session.knowledge, self.chosen
        if chosen is None:
            self.rows = hint_rows(knowledge)
            self.query_one(TitleBar).say(self.NAME)
        else:
            entry = knowledge.kind("api")[chosen.row]
            self.rows = page_rows(knowledge, chosen, entry)
            self.query_one(TitleBar).say(f"{self.NAME} · {direction(chosen)}")
        self.page.set_rows(self.rows)
        if not self.page.has_focus:
            # One pointer is enough: the one among the matches.
            self.page.highlighted = None

    def on_descendant_focus(self) -> None:
        """Show the pointer of the page when one gets there."""
        page = self.page
        if page.has_focus and page.highlighted is None and page.scroll_offset.y == 0:
            page.action_first()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the match at the pointer."""
        if event.option_list is self.choices and event.option_id is not None:
            chosen = self.equivalents[int(event.option_id)].row
            if chosen != (self.chosen.row if self.chosen else ""):
                self.place = replace(self.place, chosen=chosen, pointer=None, scroll=0)
                self.draw_chosen()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go from a match to its page; a link of the page is followed by the class above."""
        if event.option_list is self.choices:
            event.prevent_default()
            self.page.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types."""
        if event.value != self.drawn:
            self.refine(replace(self.place, query=event.value, chosen=""))

    def on_input_submitted(self) -> None:
        """Go to the page of the match."""
        if self.chosen is not None:
            self.page.focus()

    def action_move(self, step: int) -> None:
        """Move in the matches while one types."""
        if step > 0:
            self.choices.action_cursor_down()
        else:
            self.choices.action_cursor_up()

    def action_scroll(self, direction: int) -> None:
        """Scroll the page while one types."""
        self.page.turn_page(direction)

    def action_field(self) -> None:
        """Go to the field."""
        self.field.focus()

    def action_turn(self) -> None:
        """Read the rows from the other side."""
        chosen = self.chosen
        if chosen is None:
            return
        if not chosen.symbol:
            other = OTHER[side_name(chosen.of)]
            self.advisor.say(f"{other} has no symbol for it: there is nothing to turn round.")
            return
        self.refine(replace(self.place, turned=not self.place.turned, chosen=chosen.row))

    def action_copy_code(self) -> None:
        """Copy the code of the other side."""
        chosen = self.chosen
        if chosen is None:
            return
        other = OTHER[side_name(chosen.of)]
        if not chosen.code.strip():
            self.advisor.say(f"There is no {other} code to copy.")
            return
        self.advisor.copy(chosen.code.rstrip() + "\n", f"the {other} code")
