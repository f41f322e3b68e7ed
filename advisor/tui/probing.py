"""The part of the application that looks at this machine and measures on it, in threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.message import Message
from textual.screen import Screen

from .advising import AdvisingApp

if TYPE_CHECKING:
    from textual.types import AnimationLevel

    from probes.bench.document import Plan
    from probes.store import Stored

    from .probe_job import ProbeJob


class ProbeMoved(Message):
    """The look, or the measurement, has news."""


class ProbingApp(AdvisingApp):
    """An application with one look and one measurement for the whole sitting."""

    _job: ProbeJob | None = None
    _moving: AnimationLevel | None = None
    """What may be animated when nothing is measured."""

    def action_probe(self) -> None:
        """Show this machine: what is in it, and what each framework can use of it."""
        from .screens.machine import MachineScreen

        self._show(MachineScreen)

    def show_measuring(self) -> None:
        """Show which framework is faster here."""
        from .screens.probe import ProbeScreen

        self._show(ProbeScreen)

    def action_measuring(self) -> None:
        """Show which framework is faster here."""
        self.show_measuring()

    def _show(self, kind: type[Screen[Any]]) -> None:
        """Open a screen, or go back to it if it lies below."""
        opened = [screen for screen in self.screen_stack if isinstance(screen, kind)]
        if not opened:
            self.push_screen(kind())
        while opened and self.screen is not opened[0]:
            self.pop_screen()

    def probe_job(self) -> ProbeJob:
        """Return the look at this machine and the measurement on it; made when first asked for."""
        if self._job is None:
            from .look_job import LookJob
            from .probe_job import ProbeJob

            looking = LookJob(self.probe_runner, self.session.knowledge, self._probe_moved)
            self._job = ProbeJob(looking, self._probe_moved, self._wanted_workloads)
        return self._job

    def _wanted_workloads(self) -> list[str]:
        from advisor.facts.workloads import workloads_for
        from probes.bench.workloads import WORKLOADS

        session = self.session
        answers = session.interview.answers if session.told else {}
        found = workloads_for(session.tables, answers)
        return [name for name in found if name in WORKLOADS]

    def probe_runner(self) -> Any:
        """Return the functions that look and measure; importing them takes a moment."""
        from . import runner

        return runner

    def look_at_machine(self) -> None:
        """Look at hardware and frameworks in a thread, unless something is going on."""
        job = self.probe_job()
        if not job.busy:
            job.looking.begin()
            self._look(job)

    def measure(self, stored: Stored | None = None) -> None:
        """Measure what was chosen, or the rest of a stored run, unless something is going on."""
        job = self.probe_job()
        plan = job.offer.plan if job.offer is not None else None
        if stored is not None:
            plan = stored.document.benchmarks.plan
        if not job.busy and plan is not None and plan.arms:
            job.begin(plan, stored)
            self._stand_still()
            self._measure(job, plan, stored)

    @work(thread=True, exclusive=True, group="probe", exit_on_error=False)
    def _look(self, job: ProbeJob) -> None:
        job.look()

    @work(thread=True, exclusive=True, group="probe", exit_on_error=False)
    def _measure(self, job: ProbeJob, plan: Plan, stored: Stored | None) -> None:
        job.measure(plan, stored)

    def _probe_moved(self) -> None:
        self.post_message(ProbeMoved())

    def on_probe_moved(self) -> None:
        """Draw the news if they are being looked at."""
        from .screens.on_machine import OnMachineScreen

        if self._moving is not None and not self.probe_job().measuring:
            self.animation_level, self._moving = self._moving, None
        if isinstance(self.screen, OnMachineScreen):
            self.screen.draw()

    def _stand_still(self) -> None:
        """Draw nothing by a clock while samples are taken: no animation, no cursor that blinks."""
        self._moving, self.animation_level = self.animation_level, "none"
        self._blink_not(self.focused)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let no cursor blink while samples are taken."""
        if self._job is not None and self._job.measuring:
            self._blink_not(event.widget)

    def _blink_not(self, widget: Any) -> None:
        if getattr(widget, "cursor_blink", False):
            widget.cursor_blink = False

    def stop_probing(self) -> None:
        """End a look or a measurement that is going on."""
        if self._job is not None:
            self._job.stop()
