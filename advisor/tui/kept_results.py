"""The part of the application that shows and continues what is kept of measurements."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual import work

from .probing import ProbeMoved, ProbingApp

if TYPE_CHECKING:
    from probes.store import Stored

Fetched = TypeVar("Fetched")


class KeptResultsApp(ProbingApp):
    """An application that reads the store in threads."""

    _to_continue: str | None = None
    """A stored run that is gone on with as soon as this machine was looked at."""

    def action_history(self) -> None:
        """Show the measurements that are kept."""
        from .screens.history import HistoryScreen

        self._show(HistoryScreen)

    def action_claims_tested(self) -> None:
        """Show what is said, put to the test of what was measured here."""
        from .screens.claims_tested import ClaimsTestedScreen

        self._show(ClaimsTestedScreen)

    @work(thread=True, group="store", exit_on_error=False)
    def fetch(self, get: Callable[[], Fetched], then: Callable[[Fetched], None]) -> None:
        """Get something in a thread, then go on with it here."""
        self.call_from_thread(then, get())

    def continue_run(self, run: str) -> None:
        """Go on with a stored run that was stopped, where measurements are shown."""
        self._to_continue = run
        self.show_measuring()
        self._go_on()

    def on_probe_moved(self) -> None:
        """Go on with the run that waits for a look."""
        self._go_on()

    def _go_on(self) -> None:
        """Read the run that is to be gone on with, once it is known what is in this machine."""
        from .kept_runs import opened

        job, run = self.probe_job(), self._to_continue
        if run is None or job.busy or job.looking.phase == "waiting":
            return
        self._to_continue = None
        if job.looking.whole is not None:
            self.fetch(lambda: opened(run), self._continue)

    def _continue(self, found: tuple[Stored | None, str]) -> None:
        from .measuring.continuing import hindrance

        stored, problem = found
        seen = self.probe_job().looking.whole
        if stored is not None and seen is not None:
            why = hindrance(stored.run, seen)
            problem = f"{stored.run.id} cannot be continued: {why}." if why else ""
        if problem:
            self.say(problem, wrong=True)
        else:
            self.measure(stored)
            self.post_message(ProbeMoved())
