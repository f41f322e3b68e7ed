"""Two sets of answers side by side: verdicts, rankings, and what their differences do."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Footer, OptionList
from textual.worker import Worker, WorkerState, get_current_worker

from advisor.documents.advice import Advice
from advisor.documents.comparison import Comparison as Beside
from advisor.engine.space import DONT_KNOW

from ..beside_rows import HERE, beside_rows
from ..widgets.comparison import Comparison
from ..widgets.row_list import RowList, target_of
from ..widgets.rows import MUTED, row
from ..widgets.title_bar import TitleBar
from ..wording import clean, count
from ..work import advice_for
from .base import AdvisorScreen
from .other_answers import OtherAnswers


class BesideScreen(AdvisorScreen):
    """Compares the answers of this sitting with others; nothing is changed by it."""

    NAME = "Beside"
    HELP = (
        "Above, both rankings; below, both verdicts and every answer that differs, the strongest "
        "first. «!» marks an answer that changes the choice even if it alone is taken over; "
        "points say how far it moves the two first options against each other. Enter "
        "tries an answer of the other side on yours, as a what-if."
    )
    CSS_PATH = "beside.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,h,left", "leave", "Back", key_display="Esc", id="beside.leave"),
    ]

    class Ready(Message):
        """Both sides are worked out."""

        def __init__(self, there: Advice, beside: Beside) -> None:
            """Keep the other advice and what differs."""
            super().__init__()
            self.there = there
            self.beside = beside

    def __init__(self, here: Advice, other: OtherAnswers) -> None:
        """Put `other` beside the answers of `here`."""
        super().__init__()
        self.here = here
        self.other = other
        self.beside: Beside | None = None

    def compose(self) -> ComposeResult:
        """Lay out rankings and page."""
        yield TitleBar(f"{self.NAME} {self.other.name}")
        with Vertical(id="both"):
            yield Comparison(
                self.session.knowledge, self.here, (HERE, self.other.name), verdicts=False
            )
        yield RowList(page=True, id="page")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Start working it out."""
        page = self.query_one(RowList)
        page.set_rows([(None, row("", ("Working it out.", MUTED)))])
        page.focus()
        self._work_out()

    @work(thread=True, exclusive=True, group="beside", exit_on_error=False)
    def _work_out(self) -> None:
        from advisor.beside.comparison import compare

        session, measurements = self.session, self.session.interview.measurements
        there = advice_for(session.tables, self.other.facts, measurements, [])
        beside = compare(session.tables, self.here, there, self.other.name, measurements)
        if not get_current_worker().is_cancelled:
            self.post_message(self.Ready(there, beside))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so if it could not be worked out."""
        if event.state == WorkerState.ERROR:
            text = clean(f"It could not be worked out: {event.worker.error}")
            self.query_one(RowList).set_rows([(None, row("! ", text))])

    def on_beside_screen_ready(self, event: Ready) -> None:
        """Draw both."""
        self.beside = event.beside
        self.query_one(Comparison).show(event.there)
        differ = count(len(event.beside.differences), "difference", "differences")
        self.query_one(TitleBar).say(f"{self.NAME} {self.other.name}", differ)
        self.query_one(RowList).set_rows(
            beside_rows(self.here, event.beside, self.session.knowledge)
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Try the other side's answer."""
        question = (target_of(event.option) or "").partition(":")[2]
        differences = self.beside.differences if self.beside else ()
        for each in differences:
            if each.question == question:
                # Not answered there: left open here says the same.
                there = DONT_KNOW if each.there is None else each.there
                self.advisor.simulate(self.here, {question: there})
