"""The result: what people came for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Footer, OptionList
from textual.worker import Worker, WorkerState, get_current_worker

from advisor.documents.advice import Advice
from advisor.engine.space import Answer
from advisor.explain.command import reproduce
from advisor.facts.fact import Fact

from ..advice_rows import advice_rows
from ..standing import of_advice
from ..widgets.ranking import Ranking
from ..widgets.row_list import RowList, target_of
from ..widgets.rows import MUTED, row
from ..widgets.title_bar import TitleBar
from ..wording import clean, count
from ..work import advice_for
from .base import AdvisorScreen

if TYPE_CHECKING:
    from .other_answers import OtherAnswers


class ResultScreen(AdvisorScreen):
    """One page to read from the top; every row with a mark opens what is behind it."""

    NAME = "Result"
    HELP = (
        "The advice, from the verdict down to what it rests on. Enter on a reason shows its "
        "evidence with sources and dates; on a part of the stack, what is known of it; on a "
        "change, what would follow from it; on a question or an answer, the question. "
        "w tries other answers without changing yours; m says what would make it another option; "
        "v puts other answers beside yours, from a file or from before a what-if; o tells more in "
        "your own words. e writes a decision record, y copies the "
        "page, a shows the command that gives the same advice."
    )
    CSS_PATH = "result.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "what_if", "What if", id="result.what-if"),
        Binding("e", "export", "Export", id="result.export"),
        Binding("a", "command", "As command", id="result.command"),
        Binding("escape,b,h,left", "leave", "Back", key_display="Esc", id="result.leave"),
        Binding("m", "toward", "What would make it …?", show=False, id="result.toward"),
        Binding("v", "beside", "Beside other answers", show=False, id="result.beside"),
        Binding("o", "own_words", "In your own words", show=False, id="result.own-words"),
        Binding("y", "copy", "Copy the page", show=False, id="result.copy"),
        Binding("g", "questions", "All questions", show=False, id="result.questions"),
    ]

    class Ready(Message):
        """The advice is there."""

        def __init__(self, advice: Advice) -> None:
            """Keep it."""
            super().__init__()
            self.advice = advice

    advice: Advice | None = None

    def compose(self) -> ComposeResult:
        """Lay out page, ranking (twice: narrow and wide) and keys."""
        yield TitleBar(self.NAME)
        yield Ranking(compact=True, id="strip", classes="strip")
        with Horizontal(id="columns"):
            yield RowList(page=True, id="page")
            with VerticalScroll(classes="side", can_focus=False):
                yield Ranking(compact=False, id="ranking")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Start working it out."""
        page = self.query_one(RowList)
        page.set_rows([(None, row("", ("Working it out.", MUTED)))])
        page.focus()
        self.work_out()

    def work_out(self) -> None:
        """Ask for the advice on the answers as they are now."""
        session = self.session
        self._advise(list(session.facts), list(session.interview.measurements))

    @work(thread=True, exclusive=True, group="advice", exit_on_error=False)
    def _advise(self, facts: list[Fact], measurements: list) -> None:  # type: ignore[type-arg]
        session = self.session
        advice = advice_for(session.tables, facts, measurements, session.warnings)
        if not get_current_worker().is_cancelled:
            self.post_message(self.Ready(advice))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so if the advice could not be worked out."""
        if event.state == WorkerState.ERROR:
            text = f"The advice could not be worked out: {event.worker.error}"
            self.query_one(RowList).set_rows([(None, row("! ", text))])

    def on_result_screen_ready(self, event: Ready) -> None:
        """Draw the page; after a change the ranking shows what moved."""
        session = self.session
        before = of_advice(session.tables, self.advice).scores if self.advice else None
        keep = self.advice is not None
        self.advice = event.advice
        standing = of_advice(session.tables, event.advice, before)
        for ranking in self.query(Ranking):
            ranking.show(standing, session.still_open())
        self.query_one(RowList).set_rows(advice_rows(event.advice, session.knowledge), keep=keep)
        given = count(len(event.advice.facts), "answer", "answers")
        self.query_one(TitleBar).say(self.NAME, given)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what is behind a row."""
        kind, _, name = (target_of(event.option) or "").partition(":")
        if self.advice is None:
            return
        if kind == "reason":
            self.advisor.open_entry(self.advice.reasons[int(name)].rule)
        elif kind == "entry":
            self.advisor.open_entry(name)
        elif kind == "flip":
            change = self.advice.flips[int(name)].change
            self._simulate({k: v for k, v in change.items() if not isinstance(v, dict)})
        elif kind in ("ask", "change"):
            self.change(name)
        elif kind == "probe":
            self.advisor.show_measuring()
        elif kind == "toward":
            self.action_toward()
        elif kind == "beside":
            self.action_beside()

    def change(self, question: str) -> None:
        """Ask a question in a dialog and work the advice out anew."""
        from .answer import AnswerScreen

        def answered(value: Answer | None) -> None:
            if value is not None:
                self.session.answer(question, value)
                self.work_out()

        fact = self.session.interview.fact(question)
        self.app.push_screen(AnswerScreen(question, fact), answered)

    def action_what_if(self) -> None:
        """Try other answers."""
        self._simulate({})

    def _simulate(self, change: dict[str, Answer]) -> None:
        if self.advice is not None:
            self.advisor.simulate(self.advice, change)

    def action_beside(self) -> None:
        """Choose other answers and put them beside these."""
        from .other_answers import OtherAnswersScreen

        if self.advice is not None:
            self.app.push_screen(OtherAnswersScreen(), self._beside)

    def _beside(self, other: OtherAnswers | None) -> None:
        from .beside import BesideScreen

        if other is not None and self.advice is not None:
            self.app.push_screen(BesideScreen(self.advice, other))

    def action_toward(self) -> None:
        """Choose an option and show what would make it the answer."""
        from .choose import ChooseScreen

        if self.advice is None:
            return
        options = self.session.knowledge.options
        rows = [
            (place.option, row("", clean(options[place.option].name)))
            for place in self.advice.ranking
            if place.option != self.advice.verdict.choice
        ]
        self.app.push_screen(ChooseScreen("What would make it …?", rows), self._toward)

    def _toward(self, option: str | None) -> None:
        from .toward import TowardScreen

        if option is not None and self.advice is not None:
            self.app.push_screen(TowardScreen(self.advice, option))

    def action_own_words(self) -> None:
        """Tell more in own words; that happens over the questions."""
        self.advisor.tell()

    def action_export(self) -> None:
        """Write the advice to a file."""
        from ..forms import advice_forms
        from .export import ExportScreen

        if self.advice is not None:
            forms = advice_forms(self.advice, self.session.knowledge)
            self.app.push_screen(ExportScreen("Export this advice", forms))

    def action_command(self) -> None:
        """Show the command that gives the same advice."""
        from .command import CommandScreen

        session = self.session
        if self.advice is not None:
            command = reproduce(
                self.advice.facts,
                self.advice.knowledge,
                overlays=session.overlays,
                evidence=session.evidence,
            )
            self.app.push_screen(CommandScreen(command))

    def action_copy(self) -> None:
        """Copy the page as text."""
        from advisor.reports.page import plain
        from advisor.reports.text import advice_page

        if self.advice is not None:
            lines = advice_page(self.advice, self.session.knowledge, 80)
            self.advisor.copy("\n".join(map(plain, lines)) + "\n", "the page as text")

    def action_questions(self) -> None:
        """List all questions; one that is chosen is changed here."""
        from .questions import QuestionsScreen

        def chosen(question: str | None) -> None:
            if question is not None:
                self.change(question)
            else:
                self.work_out()

        self.app.push_screen(QuestionsScreen(), chosen)
