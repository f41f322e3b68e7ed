"""All questions with their state: to jump to any, and to change any answer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, OptionList, Static

from advisor.explain.words import answer_words
from knowledge.model.question import Question

from ..widgets.row_list import RowList, target_of
from ..widgets.rows import MUTED, Row, row
from ..wording import GROUPS, STATES, clean
from .base import Dialog


class QuestionsScreen(Dialog[str]):
    """Returns the question that was chosen."""

    NAME = "All questions"
    HELP = (
        "Every question with its answer. / searches, Enter goes to the question at the pointer, "
        "Delete takes its answer back. ✓ answered, ≈ read from your words, ◆ found on this "
        "machine, ? left as don't know, – does not apply, · open; ! marks those that can still "
        "change the choice."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/", id="questions.search"),
        Binding(
            "delete,backspace", "forget", "Take back", key_display="Del", id="questions.forget"
        ),
    ]

    def __init__(self, *, only_found: bool = False) -> None:
        """`only_found`: list what a probe found, to correct it."""
        super().__init__()
        self.only_found = only_found

    def compose(self) -> ComposeResult:
        """Lay out search field and list."""
        with Vertical(classes="dialog tall"):
            yield Static("Found on this machine" if self.only_found else self.NAME, id="text")
            yield Input(placeholder="search", id="search", compact=True)
            yield RowList(id="list")
            yield Static(id="legend", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Fill in."""
        self.query_one("#search").display = False
        legend = (
            "✓ answered ≈ read from your words ◆ found ? don't know – does not apply · open "
            "! can change the choice"
        )
        self.query_one("#legend", Static).update(Content.styled(legend, MUTED))
        self.fill()
        shown = self.query_one(RowList)
        if self.session.current:
            shown.point_at(self.session.current)
        shown.focus()

    def fill(self, keep: bool = False) -> None:
        """List the questions that match the search, by group."""
        words = self.query_one("#search", Input).value.lower().split()
        gains = self.session.interview.gains()
        deciding = {g.question for g in gains if g.changes > 0 or g.decides_veto}
        found = {fact.id for fact in self.session.found()}
        rows: list[tuple[str | None, Row]] = []
        group = ""
        for question in self.session.knowledge.questions.values():
            if self.only_found and question.id not in found:
                continue
            text = f"{question.id} {question.title} {question.ask}".lower()
            if not all(word in text for word in words):
                continue
            if question.group != group:
                group = question.group
                rows.append((None, row("", (GROUPS.get(group, group), "$text-accent"))))
            rows.append((question.id, self._row(question, question.id in deciding)))
        if not rows:
            rows.append((None, row("", ("No question matches.", MUTED))))
        self.query_one(RowList).set_rows(rows, keep=keep)

    def _row(self, question: Question, deciding: bool) -> Row:
        mark = STATES[self.session.state_of(question)][0]
        fact = self.session.interview.fact(question.id)
        said = clean(answer_words(question, fact.value)) if fact else ""
        body = [clean(question.title), (f"  {said}", MUTED)] if said else [clean(question.title)]
        return row(f"{mark}{'!' if deciding else ' '} ", *body)

    def on_input_changed(self) -> None:
        """Search as one types."""
        self.fill()

    def on_input_submitted(self) -> None:
        """Go from the search to the list."""
        self.query_one(RowList).focus()

    def action_search(self) -> None:
        """Open the search field."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def action_leave(self) -> None:
        """Leave the search, then the list."""
        search = self.query_one("#search", Input)
        if search.display:
            search.value = ""
            search.display = False
            self.query_one(RowList).focus()
        else:
            self.dismiss(None)

    def action_forget(self) -> None:
        """Take an answer back."""
        pointed = self.query_one(RowList).pointed
        if pointed and self.session.interview.fact(pointed):
            self.session.forget(pointed)
            self.fill(keep=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the question."""
        self.dismiss(target_of(event.option))
