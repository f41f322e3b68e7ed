"""This machine: what is in it, what each framework can use of it, and which is faster here."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, OptionList

from ..probe_rows import probe_rows
from ..widgets.row_list import RowList, target_of
from ..widgets.title_bar import TitleBar
from ..wording import count
from .base import AdvisorScreen


class ProbeScreen(AdvisorScreen):
    """Shows the job; nothing moves on it but by the job's own news."""

    NAME = "This machine"
    HELP = (
        "Looks at the hardware, then at what each framework can really use of it (each in a "
        "process of its own). m measures both on the same computations, in alternating blocks; "
        "the bars show the ratio of their times with its 95 % interval. x cancels and keeps "
        "finished blocks. u takes what was found into your advice, marked as found; your own "
        "answers win. Leaving this page does not stop a measurement."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "measure", "Measure", id="probe.measure"),
        Binding("x", "cancel", "Cancel", id="probe.cancel"),
        Binding("u", "use", "Use in advice", id="probe.use"),
        Binding("escape,b,h,left", "leave", "Back", key_display="Esc", id="probe.leave"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out one page."""
        yield TitleBar(self.NAME)
        yield RowList(page=True, id="page")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Look, unless that was done already."""
        page = self.query_one(RowList)
        page.styles.height = "1fr"
        page.focus()
        if self.advisor.probe_job().phase == "waiting":
            self.advisor.look_at_machine()
        self.draw()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.draw()

    def draw(self) -> None:
        """Draw the job as it stands."""
        job = self.advisor.probe_job()
        width = max(self.app.size.width - 5, 40)
        page = self.query_one(RowList)
        page.set_rows(probe_rows(job, min(width, 100)), keep=page.highlighted is not None)
        words = {
            "looking": "looking",
            "looked": "looked at",
            "measuring": "measuring",
            "measured": "measured",
            "failed": "not finished",
        }
        self.query_one(TitleBar).say(self.NAME, words.get(job.phase, ""))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        job = self.advisor.probe_job()
        if action == "measure":
            return not job.busy and job.estimate is not None
        if action == "cancel":
            return job.busy
        if action == "use":
            return job.phase in ("looked", "measured")
        return True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what the row says."""
        target = target_of(event.option)
        if target == "look":
            self.advisor.look_at_machine()
        elif target == "measure":
            self.action_measure()
        elif target == "use":
            self.action_use()

    def action_measure(self) -> None:
        """Start the measurement."""
        self.advisor.measure()

    def action_cancel(self) -> None:
        """Ask the job to stop."""
        self.advisor.probe_job().cancel.set()
        self.query_one(TitleBar).say(self.NAME, "stopping")

    def action_use(self) -> None:
        """Take facts and measurements into the advice, and go back."""
        document = self.advisor.probe_job().document()
        if document is None:
            return
        used = self.session.use_probe(document)
        kept = count(used, "fact", "facts")
        measured = count(len(self.session.interview.measurements), "measurement", "measurements")
        self.advisor.say(f"In the advice now: {kept} found here, {measured}.")
        self.advisor.back_to_advice()

    def action_leave(self) -> None:
        """Go back; a measurement goes on."""
        if self.advisor.probe_job().busy:
            self.advisor.say("It goes on in the background; p shows it.")
        self.app.pop_screen()
