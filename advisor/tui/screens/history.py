"""The measurements that are kept: open one, compare two, continue or delete one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from .. import kept_runs
from ..kept_runs import Listing
from ..measuring.kept import kept_rows
from ..pages.pieces import Rows
from ..widgets.rows import row
from ..wording import clean, count
from .page import PageScreen

if TYPE_CHECKING:
    from advisor.documents.history import HistoryRun
    from advisor.documents.run_comparison import RunComparison
    from probes.store import Stored


class HistoryScreen(PageScreen):
    """Shows the kept runs, newest first."""

    NAME = "Measurements kept"
    HELP = (
        "Every measurement on this machine, newest first, and those that were imported. Stale: "
        "the machine or a version has changed since, or it is old; the reason stands beside it. "
        "Enter opens a run. v marks one, and on another compares the two. c goes on with a run "
        "that was stopped, as long as machine and versions are the same. d deletes a run, after "
        "a question."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "compare", "Compare", id="history.compare"),
        Binding("c", "continue", "Continue", id="history.continue"),
        Binding("d", "delete", "Delete", id="history.delete"),
    ]

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self.listing: Listing | None = None
        self.marked: str | None = None

    def begin(self) -> None:
        """Read what is kept, in a thread."""
        runner = self.advisor.probe_runner
        self.advisor.fetch(lambda: kept_runs.listed(runner().present), self.show)

    def on_screen_resume(self) -> None:
        """Read it anew: meanwhile a run may have ended."""
        if self.listing is not None:
            self.begin()

    def show(self, listing: Listing) -> None:
        """Show what is kept."""
        self.listing = listing
        self.draw()

    def rows(self, width: int) -> Rows:
        """Return the runs, once they are read."""
        if self.listing is None:
            return [(None, row("", "Reading what is kept."))]
        return kept_rows(self.listing, self.marked)

    def remark(self) -> str:
        """Return how many there are."""
        return count(len(self.listing.runs), "run", "runs") if self.listing else ""

    @property
    def pointed(self) -> HistoryRun | None:
        """The run at the pointer."""
        name = (self.page.pointed or "").partition(":")[2]
        runs = self.listing.runs if self.listing else ()
        return next((run for run in runs if run.id == name), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with the run at the pointer."""
        if action not in ("compare", "continue", "delete"):
            return True
        run = self.pointed if self.is_attached else None
        if run is None:
            return False
        offered = {"compare": bool(run.arms), "delete": run.state != "running"}
        return offered.get(action, run.state == "interrupted" and run.origin == "here")

    def follow(self, target: str) -> None:
        """Open a run."""
        run = self.pointed
        if run is not None:
            self.advisor.fetch(partial(kept_runs.opened, run.id), partial(self.open, run))

    def open(self, run: HistoryRun, found: tuple[Stored | None, str]) -> None:
        """Show a run."""
        from .results import ResultsScreen

        stored, problem = found
        if stored is None:
            self.advisor.say(problem, wrong=True)
        elif self.is_current:
            self.app.push_screen(ResultsScreen(stored, run))

    def action_compare(self) -> None:
        """Mark a run, or compare the marked one with this one."""
        run = self.pointed
        if run is None:
            return
        first, self.marked = self.marked, run.id if self.marked is None else None
        if first is not None and first != run.id:
            self.advisor.fetch(partial(kept_runs.compared, first, run.id), self.show_compared)
        self.draw()

    def show_compared(self, found: tuple[RunComparison | None, str]) -> None:
        """Show a comparison."""
        from .versus import VersusScreen

        compared, problem = found
        if compared is None:
            self.advisor.say(problem, wrong=True)
        elif self.is_current:
            self.app.push_screen(VersusScreen(compared))

    def action_continue(self) -> None:
        """Go on with a run that was stopped, where measurements are shown."""
        run = self.pointed
        if run is not None:
            self.advisor.continue_run(run.id)

    def action_delete(self) -> None:
        """Ask, then delete the run at the pointer."""
        from .choose import ChooseScreen

        run = self.pointed
        if run is None:
            return
        title = f"Delete {clean(run.id)} of {clean(run.created[:10])}? It cannot be had back."
        ways = [("keep", row("", "Keep it")), ("delete", row("", "Delete it"))]
        self.app.push_screen(ChooseScreen(title, ways), partial(self.decided, run))

    def decided(self, run: HistoryRun, answer: str | None) -> None:
        """Delete a run if that was wanted."""
        if answer == "delete":
            self.advisor.fetch(partial(kept_runs.deleted, run.id), partial(self.gone, run))

    def gone(self, run: HistoryRun, problem: str) -> None:
        """Take a deleted run out of the list."""
        if problem:
            self.advisor.say(problem, wrong=True)
        elif self.listing is not None:
            self.listing = self.listing.without(run.id)
            self.marked = None if self.marked == run.id else self.marked
            self.advisor.say(f"Deleted {run.id}.")
            self.draw()
