"""What if: other answers, tried beside the real ones, kept only on request."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.worker import Worker, WorkerState, get_current_worker

from advisor.documents.advice import Advice
from advisor.engine.space import Answer, only_excludes
from advisor.explain.words import answer_words
from advisor.facts.fact import Fact
from knowledge.model.question import Question

from ..widgets.comparison import Comparison
from ..widgets.row_list import RowList, target_of
from ..widgets.rows import MUTED, Row, row
from ..widgets.title_bar import TitleBar
from ..wording import GROUPS, clean, count
from ..work import advice_for
from .answer import AnswerScreen
from .base import WithSession


class WhatIfScreen(WithSession, Screen[dict[str, Answer]]):
    """Returns the answers to keep, or nothing."""

    NAME = "What if"
    HELP = (
        "A simulation: choose any question and answer it differently. The ranking shows both, as "
        "answered and simulated. K keeps the simulated answers as yours, d or Esc discards them. "
        "u takes the change at the pointer back."
    )
    CSS_PATH = "what_if.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,delete", "undo", "Undo", key_display="u", id="what-if.undo"),
        Binding("K,ctrl+s", "keep", "Keep", key_display="K", id="what-if.keep"),
        Binding("escape,d", "discard", "Discard", key_display="Esc", id="what-if.discard"),
    ]

    class Ready(Message):
        """The simulated advice is there."""

        def __init__(self, advice: Advice) -> None:
            """Keep it."""
            super().__init__()
            self.advice = advice

    def __init__(self, now: Advice, change: dict[str, Answer]) -> None:
        """Simulate on top of `now`; `change` is tried at once."""
        super().__init__()
        self.now = now
        self.change = dict(change)
        self.before = {fact.id: fact for fact in now.facts}

    def compose(self) -> ComposeResult:
        """Lay out banner, comparison and questions."""
        yield TitleBar(self.NAME)
        yield Static("SIMULATION: your answers are unchanged", id="banner", markup=False)
        with Vertical(id="both"):
            yield Comparison(self.session.knowledge, self.now)
        yield RowList(id="questions")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Fill in and simulate what was asked for."""
        questions = self.query_one(RowList)
        self.draw()
        first = next(iter(self.change), None)
        if first:
            questions.point_at(first)
        questions.focus()
        self.work_out()

    def draw(self, keep: bool = False) -> None:
        """List the questions, changed ones first."""
        rows: list[tuple[str | None, Row]] = []
        every = self.session.knowledge.questions
        for title, chosen in (
            ("Changed", [q for q in every.values() if q.id in self.change]),
            ("Answered", [q for q in every.values() if not self._was_open(q)]),
            ("Open", [q for q in every.values() if self._was_open(q)]),
        ):
            left = [q for q in chosen if title == "Changed" or q.id not in self.change]
            if left:
                rows.append((None, row("", (title, "bold $text-accent"))))
                rows += [(question.id, self._row(question)) for question in left]
        self.query_one(RowList).set_rows(rows, keep=keep)

    def _was_open(self, question: Question) -> bool:
        """Say whether there was no answer, or only one of what is not so."""
        fact = self.before.get(question.id)
        return fact is None or only_excludes(fact.value)

    def _row(self, question: Question) -> Row:
        fact = self.before.get(question.id)
        was = clean(answer_words(question, fact.value)) if fact else "open"
        title = clean(question.title)
        if question.id not in self.change:
            return row("  ", f"{title}: ", (was, MUTED))
        then = clean(answer_words(question, self.change[question.id]))
        group = GROUPS.get(question.group, question.group)
        return row("~ ", f"{title}: ", (f"{was} → ", MUTED), (then, "bold"), (f" ({group})", MUTED))

    def work_out(self) -> None:
        """Ask for the advice on the simulated answers."""
        changed = {name: Fact(name, value, "asked") for name, value in self.change.items()}
        facts = {**self.before, **changed}
        order = [name for name in self.session.knowledge.questions if name in facts]
        banner = "SIMULATION: your answers are unchanged"
        if self.change:
            banner += f"; {count(len(self.change), 'change', 'changes')} tried"
        self.query_one("#banner", Static).update(Content(banner))
        self._advise([facts[name] for name in order])

    @work(thread=True, exclusive=True, group="simulation", exit_on_error=False)
    def _advise(self, facts: list[Fact]) -> None:
        session = self.session
        advice = advice_for(session.tables, facts, session.interview.measurements, [])
        if not get_current_worker().is_cancelled:
            self.post_message(self.Ready(advice))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so if the simulation failed."""
        if event.state == WorkerState.ERROR:
            self.advisor.say(f"It could not be worked out: {event.worker.error}", wrong=True)

    def on_what_if_screen_ready(self, event: Ready) -> None:
        """Draw both rankings."""
        self.query_one(Comparison).show(event.advice)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask the question."""
        question = target_of(event.option)
        if question is None:
            return
        value = self.change.get(question)
        shown = Fact(question, value, "asked") if value is not None else self.before.get(question)

        def answered(value: Answer | None) -> None:
            if value is None:
                return
            before = self.before.get(question)
            if before is not None and before.value == value:
                self.change.pop(question, None)
            else:
                self.change[question] = value
            self.draw(keep=True)
            self.work_out()

        self.app.push_screen(AnswerScreen(question, shown), answered)

    def action_undo(self) -> None:
        """Take the change at the pointer back."""
        pointed = self.query_one(RowList).pointed
        if pointed in self.change:
            del self.change[pointed]
            self.draw(keep=True)
            self.work_out()

    def action_keep(self) -> None:
        """Make the simulated answers the real ones."""
        if self.change:
            self.advisor.say(f"Kept {count(len(self.change), 'change', 'changes')}.")
        self.dismiss(self.change)

    def action_discard(self) -> None:
        """Go back; the answers are as they were."""
        self.dismiss(None)
