"""A box for a text of several lines; what could steer the terminal never gets into it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.widgets import TextArea

from knowledge.text import printable

LONGEST = 20_000
"""Characters the box holds: more than twice of what is read."""


class TextBox(TextArea):
    """Enter goes on from it; Ctrl+J, or a text that is pasted, makes lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", "Go on", id="box.finish"),
        Binding("escape", "screen.leave", "Questions", key_display="Esc", id="box.leave"),
        Binding("ctrl+j,shift+enter", "new_line", "New line", show=False, id="box.line"),
        # Where every letter is text, help needs another key.
        Binding("f1", "app.help", "Help", key_display="F1", id="box.help"),
    ]

    class Finished(Message):
        """The person has said what there is to say."""

    class Full(Message):
        """Not all of a text went in."""

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        if event.key == "enter":
            # The box would take it as a new line; here it is a key like others.
            event.prevent_default()

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; what comes in is made safe to show and cut to what there is room for."""
        replaced = len(self.get_text_range(edit.from_location, edit.to_location))
        room = max(LONGEST - len(self.text) + replaced, 0)
        edit.text = safe(edit.text)
        if len(edit.text) > room:
            edit.text = edit.text[:room]
            self.post_message(self.Full())
        return super().edit(edit)

    def action_finish(self) -> None:
        """Go on."""
        self.post_message(self.Finished())

    def action_new_line(self) -> None:
        """Begin a line."""
        self.insert("\n")

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down a line; from the last one on to what comes below."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)


def safe(text: str) -> str:
    """Return text of several lines that can be shown."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return printable(lines.replace("\t", " "), lines=True)
