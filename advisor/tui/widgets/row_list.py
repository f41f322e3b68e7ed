"""A list that reads like a page: rows to choose, text between them, one pointer, no traps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from .code import Code
from .columns import Columns
from .rows import Row

POINTER = "›"


class RowList(OptionList):
    """Rows with ids can be chosen; rows without are text. As a `page`, text scrolls past."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", id="row.open"),
        Binding("j", "cursor_down", "Down", show=False, id="list.down"),
        Binding("k", "cursor_up", "Up", show=False, id="list.up"),
    ]

    def __init__(self, *, page: bool = False, id: str | None = None) -> None:
        """Make an empty list."""
        super().__init__(id=id, markup=False)
        self.page = page

    def set_rows(
        self, rows: Sequence[tuple[str | None, Row | Columns | Code]], keep: bool = False
    ) -> None:
        """Replace all rows; with `keep`, pointer and scroll position stay where they were."""
        here = self.highlighted_option
        offset = self.scroll_offset.y
        seen: set[str] = set()
        options: list[Option] = []
        for name, shown in rows:
            # Option ids are unique: of two rows with one target, both can be chosen.
            unique = name if name not in seen else f"{name}#{len(options)}"
            if unique is not None:
                seen.add(unique)
            options.append(Option(shown, id=unique, disabled=name is None))
        self.set_options(options)
        if keep and here is not None and here.id in seen:
            self.highlighted = self.get_option_index(here.id)
            self.scroll_to(y=offset, animate=False, immediate=True)
            self.scroll_to_highlight()
        else:
            self.action_first()
            self.scroll_home(animate=False, immediate=True)

    def _on_show(self, event: events.Show) -> None:
        super()._on_show(event)
        if self.page:
            # The list would scroll to its first row that can be chosen, past the text above.
            event.prevent_default()

    def point_at(self, name: str) -> None:
        """Move the pointer to the row with this id, if it is there."""
        for index, option in enumerate(self.options):
            if option.id == name:
                self.highlighted = index
                return

    def show_below(self) -> None:
        """Bring the row at the pointer into the upper third, so that what follows it is seen."""
        if self.highlighted is not None:
            line = self._index_to_line.get(self.highlighted, 0)
            top = line - self.scrollable_content_region.height // 3
            self.scroll_to(y=max(top, self.scroll_offset.y), animate=False, immediate=True)

    @property
    def untouched(self) -> bool:
        """Whether one is still where a new page begins: at the top, on the first row."""
        first = next((n for n, option in enumerate(self.options) if not option.disabled), None)
        return self.scroll_offset.y == 0 and self.highlighted in (None, first)

    @property
    def pointed(self) -> str | None:
        """Id of the row at the pointer."""
        option = self.highlighted_option
        return target_of(option) if option is not None and not option.disabled else None

    def render_line(self, y: int) -> Strip:
        """Draw the pointer too: colour alone must not say where one is."""
        strip = super().render_line(y)
        if self.highlighted is None or self.options[self.highlighted].disabled:
            return strip
        first = self._index_to_line.get(self.highlighted)
        if first is None or first != self.scroll_offset.y + y or not strip.cell_length:
            return strip
        style = next(iter(strip)).style
        return Strip.join([Strip([Segment(POINTER, style)], 1), strip.crop(1)])

    def _update_lines(self) -> None:
        # A scroll bar that comes or goes changes the width that rows were laid out for.
        before = self.scrollable_content_region.width
        super()._update_lines()
        if self.scrollable_content_region.width != before:
            self._clear_caches()
            super()._update_lines()

    def _next(self, direction: int) -> int | None:
        """Return the next row that can be chosen, without going round."""
        index = -1 if self.highlighted is None else self.highlighted
        index += direction
        while 0 <= index < len(self.options):
            if not self.options[index].disabled:
                return index
            index += direction
        return None

    def _step(self, direction: int) -> bool:
        """Scroll a line if the next row is out of sight; say whether that was all."""
        index = self._next(direction)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if index is not None:
            first = self._index_to_line.get(index, 0)
            last = first + min(self._heights.get(index, 1), height) - 1
            if top <= first and last < top + height:
                return False
        room = self.max_scroll_y - top if direction > 0 else top
        if room <= 0 and index is not None:
            return False
        self.scroll_to(y=top + direction * min(2, max(room, 0)), animate=False, immediate=True)
        return True

    def action_cursor_down(self) -> None:
        """Go down a row, or on through the text."""
        if not self.page:
            super().action_cursor_down()
        elif not self._step(1):
            self.highlighted = self._next(1)

    def action_cursor_up(self) -> None:
        """Go up a row, or back through the text."""
        if not self.page:
            super().action_cursor_up()
        elif not self._step(-1):
            self.highlighted = self._next(-1)

    def _move_page(self, direction: Any) -> None:
        if not self.page:
            super()._move_page(direction)
            return
        height = max(self.scrollable_content_region.height - 1, 1)
        top = max(0, min(self.max_scroll_y, self.scroll_offset.y + direction * height))
        self.scroll_to(y=top, animate=False, immediate=True)
        for index, option in enumerate(self.options):
            if not option.disabled and top <= self._index_to_line.get(index, -1) < top + height:
                self.set_reactive(OptionList.highlighted, index)
                break
        self.refresh()

    def turn_page(self, direction: int) -> None:
        """Go a screenful on (1) or back (-1)."""
        self._move_page(direction)

    def action_first(self) -> None:
        """Go to the very top."""
        super().action_first()
        if self.page:
            self.scroll_home(animate=False, immediate=True)

    def action_last(self) -> None:
        """Go to the very end."""
        super().action_last()
        if self.page:
            self.scroll_end(animate=False, immediate=True)


def target_of(option: Option) -> str | None:
    """Return what a row stands for: its id without the mark that keeps ids apart."""
    return option.id.partition("#")[0] if option.id else None
