"""The answers to a question: Enter answers, Space marks, a row's own key takes it at once."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList

from ..sheet import Sheet, SheetRow
from .row_list import RowList, target_of
from .rows import MUTED, Row, row


class AnswerList(RowList):
    """Shows a sheet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "Answer", id="answer.confirm"),
        Binding("space", "mark", "Mark", show=False, id="answer.mark"),
    ]

    class Confirmed(Message):
        """A row was taken as the answer."""

        def __init__(self, row: str) -> None:
            """Keep the row's id."""
            super().__init__()
            self.row = row

    class Refused(Message):
        """A mark could not be set."""

        def __init__(self, why: str) -> None:
            """Keep the reason."""
            super().__init__()
            self.why = why

    class Typed(Message):
        """A digit was typed on a question that asks for a number."""

        def __init__(self, character: str) -> None:
            """Keep the character."""
            super().__init__()
            self.character = character

    sheet: Sheet | None = None

    def show(self, sheet: Sheet) -> None:
        """Show another sheet, the pointer on the answer that stands."""
        self.sheet = sheet
        rows = sheet.rows()
        self.set_rows([(r.id, _drawn(r)) for r in rows])
        standing = next((r.id for r in rows if "•" in r.mark or "x" in r.mark), None)
        if standing:
            self.point_at(standing)

    def action_confirm(self) -> None:
        """Take the row at the pointer."""
        if self.pointed:
            self.post_message(self.Confirmed(self.pointed))

    def action_mark(self) -> None:
        """Mark the row at the pointer, or take it where one answer is enough."""
        if self.pointed:
            self.take(self.pointed)

    def take(self, name: str) -> None:
        """Mark a row of several, or answer with it."""
        sheet = self.sheet
        if sheet is None or not sheet.is_choice(name):
            self.post_message(self.Confirmed(name))
            return
        why = sheet.toggle(name)
        if why:
            self.post_message(self.Refused(why))
        self.set_rows([(r.id, _drawn(r)) for r in sheet.rows()], keep=True)
        self.point_at(name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click marks or answers."""
        event.stop()
        name = target_of(event.option)
        if name:
            self.take(name)

    def on_key(self, event: events.Key) -> None:
        """Take the row whose key was pressed."""
        sheet = self.sheet
        if sheet is None or not event.character:
            return
        if sheet.question.kind == "number" and event.character in "0123456789.":
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(event.character))
            return
        for shown in sheet.rows():
            if shown.key and shown.key == event.character:
                event.stop()
                event.prevent_default()
                self.point_at(shown.id)
                self.take(shown.id)
                return


def _drawn(shown: SheetRow) -> Row:
    chosen = shown.mark not in ("( )", "[ ]")
    body: list[str | tuple[str, str]] = [(shown.label, "bold" if chosen else "")]
    if shown.means:
        body.append((f"\n{shown.means}", MUTED))
    return row([(f"{shown.key or ' '} ", MUTED), (f"{shown.mark:<3} ", "")], *body)
