"""Which framework is faster on this machine: what to measure, its progress, what came out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from ..measuring.page import job_rows, remark_of
from ..measuring.words import decides
from ..pages.pieces import Rows
from .on_machine import OnMachineScreen
from .page import PageScreen

if TYPE_CHECKING:
    from ..measuring.choice import Choice
    from ..probe_job import ProbeJob


class ProbeScreen(PageScreen, OnMachineScreen):
    """Shows the measurement; it goes on when one leaves."""

    NAME = "Which is faster here"
    HELP = (
        "Both frameworks run the same computations, in turns and each in a process of its own, so "
        "that what disturbs this machine disturbs both. Times are compared only where the results "
        "agree. Tick with Enter or Space what is to be measured: what your answers ask for is "
        "ticked already, and the time it takes stands above. m measures; the screen then stands "
        "still but for the news of each process, b leaves it running, and Esc stops it and keeps "
        "the blocks that are whole, from which c goes on later. Results come with the interval in "
        "which the true ratio lies in 95 of 100 cases; Enter opens a case. u takes them into your "
        "advice, marked as found; your own answers win."
    )
    OPENED = ("case", "failed", "charts", "others")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "measure", "Measure", id="probe.measure"),
        Binding("u", "use", "Use in advice", id="probe.use"),
        Binding("m", "again", "Measure again", id="probe.again"),
        Binding("c", "continue", "Continue", id="probe.continue"),
        Binding("escape,ctrl+c,x", "stop", "Stop", key_display="Esc", id="probe.stop"),
        Binding("b,h,left", "away", "Leave it running", key_display="b", id="probe.away"),
        Binding("escape,b,h,left", "leave", "Back", key_display="Esc", id="probe.leave"),
        Binding("space", "tick", "Tick", show=False, id="probe.tick"),
    ]

    def __init__(self) -> None:
        """Show results if there are any, else what can be chosen."""
        super().__init__()
        self.choosing = False

    @property
    def job(self) -> ProbeJob:
        """The job that is shown."""
        return self.advisor.probe_job()

    @property
    def chooses(self) -> bool:
        """Whether one chooses what to measure."""
        job = self.job
        return not job.busy and job.offer is not None and (self.choosing or job.result is None)

    def begin(self) -> None:
        """Look, unless that was done already; answers may have changed what is proposed."""
        job = self.job
        if job.looking.phase == "waiting":
            self.advisor.look_at_machine()
        elif not job.busy:
            job.choose(job.choice)

    def on_screen_resume(self) -> None:
        """Draw what came while another screen was above."""
        if self.is_mounted:
            self.draw()

    def rows(self, width: int) -> Rows:
        """Return what is going on, the results, or what can be chosen."""
        self.choosing = self.choosing and not self.job.measuring
        named = decides(self.session.tables, self.session.knowledge)
        return job_rows(self.job, named, width, self.opened, chooses=self.chooses)

    def remark(self) -> str:
        """Return the estimate while one chooses, else how the measurement stands."""
        return remark_of(self.job, chooses=self.chooses)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        job = self.job
        if action == "measure":
            return bool(self.chooses and job.offer and job.offer.plan)
        if action in ("use", "again"):
            return not job.busy and job.result is not None and not self.chooses
        if action == "continue":
            return not job.busy and job.stopped is not None
        if action in ("stop", "away"):
            return job.busy
        return {"leave": not job.busy, "tick": self.chooses}.get(action, True)

    def follow(self, target: str) -> None:
        """Do what a row is for."""
        kind, _, name = target.partition(":")
        offer = self.job.offer
        if kind in ("workload", "arm") and offer is not None:
            self.choose(offer.toggled(kind, name))
        elif kind == "effort":
            self.choose(replace(self.job.choice, effort=name))
        elif kind == "look":
            self.advisor.look_at_machine()
            self.draw()
        elif kind == "claims":
            self.advisor.action_claims_tested()
        elif kind == "history":
            self.advisor.action_history()
        elif kind in ("measure", "use", "again", "continue", "budget"):
            getattr(self, f"action_{kind}")()

    def choose(self, choice: Choice) -> None:
        """Take a choice, and show what it comes to."""
        self.job.choose(choice)
        self.draw()

    def action_tick(self) -> None:
        """Tick the row at the pointer."""
        self.page.action_select()

    def action_budget(self) -> None:
        """Ask for the time that is there, or take it back."""
        from .budget import BudgetScreen

        choice = self.job.choice
        if choice.budget is not None:
            self.choose(replace(choice, budget=None))
            return

        def chosen(seconds: float | None) -> None:
            if seconds is not None:
                self.choose(replace(self.job.choice, budget=seconds))

        self.app.push_screen(BudgetScreen(), chosen)

    def action_measure(self) -> None:
        """Start the measurement."""
        self.advisor.measure()
        self.draw()

    def action_again(self) -> None:
        """Choose anew what to measure."""
        self.choosing = True
        self.job.choose(self.job.choice)
        self.page.action_first()
        self.draw()

    def action_continue(self) -> None:
        """Go on with the newest run that was stopped."""
        if self.job.stopped is not None:
            self.advisor.continue_run(self.job.stopped.id)

    def action_stop(self) -> None:
        """Stop, and keep the blocks that are whole."""
        self.job.stop()
        self.advisor.say("Stopping; what is whole is kept.")

    def action_away(self) -> None:
        """Go back; what is going on goes on."""
        self.app.pop_screen()
