"""What the screens about this machine share: they show a job, and draw when it has news."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from ..wording import count
from .base import AdvisorScreen

if TYPE_CHECKING:
    from probes.document import ProbeDocument

    from ..app import AdvisorApp


class OnMachineScreen(AdvisorScreen):
    """Nothing moves on it but by the job's own news."""

    @abstractmethod
    def draw(self) -> None:
        """Draw the job as it stands."""

    def begin(self) -> None:
        """Look, unless that was done already, and draw."""
        if self.advisor.probe_job().looking.phase == "waiting":
            self.advisor.look_at_machine()
        self.draw()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.draw()

    def on_screen_resume(self) -> None:
        """Draw what came while another screen was above."""
        if self.is_mounted:
            self.draw()

    def action_use(self) -> None:
        """Take facts and measurements into the advice, and go back."""
        job = self.advisor.probe_job()
        document = job.document()
        if document is not None:
            use_in_advice(self.advisor, document, job.name if job.result else None)

    def action_leave(self) -> None:
        """Go back; what is going on goes on."""
        if self.advisor.probe_job().looking.busy:
            self.advisor.say("It goes on in the background; p shows it.")
        self.app.pop_screen()


def use_in_advice(advisor: AdvisorApp, document: ProbeDocument, kept_as: str | None) -> None:
    """Take a document into the advice, say what of it is used, and go back there."""
    session = advisor.session
    used = session.use_probe(document, kept_as)
    kept = count(used, "fact", "facts")
    measured = count(len(session.interview.measurements), "measurement", "measurements")
    advisor.say(f"In the advice now: {kept} found here, {measured}.")
    advisor.back_to_advice()
