"""Offers to go on where the last sitting ended."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from advisor.explain.words import answer_words

from ..widgets.row_list import RowList
from ..widgets.rows import MUTED, row
from ..wording import clean, count
from .base import Dialog

SHOWN = 4


class ResumeScreen(Dialog[bool]):
    """Returns whether to go on; Esc goes on too, for it must not lose answers."""

    NAME = "Welcome back"
    HELP = "Your answers of last time are kept. Go on with them, or begin anew."
    BINDINGS: ClassVar[list[BindingType]] = []

    def compose(self) -> ComposeResult:
        """Show what was kept."""
        with Vertical(classes="dialog"):
            yield Static(id="text", markup=False)
            yield RowList(id="ways")

    def on_mount(self) -> None:
        """Fill in."""
        kept = self.session.kept
        questions = self.session.knowledge.questions
        lines = [
            Content.styled(f"Welcome back: {count(len(kept), 'answer', 'answers')} kept", "bold")
        ]
        for fact in kept[:SHOWN]:
            said = clean(answer_words(questions[fact.id], fact.value))
            lines.append(Content.assemble((f"  {clean(questions[fact.id].title)}: ", MUTED), said))
        if len(kept) > SHOWN:
            lines.append(Content.styled(f"  and {len(kept) - SHOWN} more", MUTED))
        self.query_one("#text", Static).update(Content("\n").join(lines))
        ways = self.query_one(RowList)
        ways.set_rows(
            [("resume", row("", "Go on with them")), ("anew", row("", "Start over with none"))]
        )
        ways.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice."""
        self.dismiss(event.option_id != "anew")

    def action_leave(self) -> None:
        """Go on: that loses nothing."""
        self.dismiss(True)
