"""One question in a dialog: to change an answer from where one is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from advisor.engine.space import Answer
from advisor.facts.fact import Fact

from ..widgets.answer_list import AnswerList
from ..widgets.question_card import QuestionCard
from .base import Dialog


class AnswerScreen(Dialog[Answer]):
    """Returns the answer that was given, or nothing."""

    NAME = "One question"
    HELP = "Answer, or leave with Esc; then the answer stays as it was."
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, question: str, fact: Fact | None) -> None:
        """Ask this question; `fact` is the answer that stands."""
        super().__init__()
        self.question = question
        self.fact = fact

    def compose(self) -> ComposeResult:
        """Lay out."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield QuestionCard()

    def on_mount(self) -> None:
        """Ask."""
        question = self.session.knowledge.questions[self.question]
        self.query_one(QuestionCard).show(question, self.fact)

    def action_leave(self) -> None:
        """Leave the number field, then the dialog."""
        if isinstance(self.focused, Input):
            self.query_one(AnswerList).focus()
        else:
            self.dismiss(None)

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Return the answer."""
        event.stop()
        self.dismiss(event.value)
