"""What would have to be different for one option to come first."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Footer, OptionList
from textual.worker import Worker, WorkerState, get_current_worker

from advisor.documents.advice import Advice
from advisor.documents.toward import TowardPart

from ..toward_rows import steps_of, toward_rows
from ..widgets.row_list import RowList, target_of
from ..widgets.rows import MUTED, row
from ..widgets.title_bar import TitleBar
from ..wording import clean
from .base import AdvisorScreen


class TowardScreen(AdvisorScreen):
    """The smallest changes that make it this option; each can be tried."""

    NAME = "What would make it"
    HELP = (
        "The smallest changes after which the option comes first: of answers you gave, and of "
        "questions that are open. Enter tries one as a what-if; your answers stay as they are "
        "until you keep it. Where no change of up to three answers does it, the page says what "
        "rules the option out or weighs against it."
    )
    CSS_PATH = "beside.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,h,left", "leave", "Back", key_display="Esc", id="toward.leave"),
    ]

    class Ready(Message):
        """It is worked out."""

        def __init__(self, toward: TowardPart) -> None:
            """Keep it."""
            super().__init__()
            self.toward = toward

    def __init__(self, advice: Advice, option: str) -> None:
        """Ask what makes it `option` instead of what `advice` says."""
        super().__init__()
        self.advice = advice
        self.option = option
        self.toward: TowardPart | None = None

    def compose(self) -> ComposeResult:
        """Lay out one page."""
        name = self.session.knowledge.options[self.option].name
        yield TitleBar(f"{self.NAME} {name}")
        yield RowList(page=True, id="page")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Start working it out."""
        page = self.query_one(RowList)
        page.set_rows([(None, row("", ("Working it out.", MUTED)))])
        page.focus()
        self._work_out()

    @work(thread=True, exclusive=True, group="toward", exit_on_error=False)
    def _work_out(self) -> None:
        from advisor.beside.toward import toward_part

        session = self.session
        measurements = session.interview.measurements
        toward = toward_part(session.tables, self.option, self.advice, measurements)
        if not get_current_worker().is_cancelled:
            self.post_message(self.Ready(toward))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so if it could not be worked out."""
        if event.state == WorkerState.ERROR:
            text = clean(f"It could not be worked out: {event.worker.error}")
            self.query_one(RowList).set_rows([(None, row("! ", text))])

    def on_toward_screen_ready(self, event: Ready) -> None:
        """Draw the page."""
        self.toward = event.toward
        self.query_one(RowList).set_rows(toward_rows(event.toward, self.session.knowledge))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Try a line, or open the rule that stands in the way."""
        kind, _, name = (target_of(event.option) or "").partition(":")
        if kind == "entry":
            self.advisor.open_entry(name)
        elif self.toward is not None:
            self.advisor.simulate(self.advice, dict(steps_of(self.toward)[int(name)].change))
