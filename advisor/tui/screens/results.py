"""A run that is kept: the same page as after measuring, with what kind of run it is above."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from ..measuring.kept import badge_part, versions_words
from ..measuring.page import go_on_rows
from ..measuring.results import results_rows
from ..pages.pieces import Rows
from ..widgets.rows import MUTED, row
from ..wording import LONGEST, brief, clean
from .on_machine import use_in_advice
from .page import PageScreen

if TYPE_CHECKING:
    from advisor.documents.history import HistoryRun
    from probes.store import Stored


class ResultsScreen(PageScreen):
    """Shows one kept run."""

    NAME = "A measurement that is kept"
    HELP = (
        "What this run found, as it was shown when it ended: noise first, then each case; Enter "
        "opens a case. u takes it into your advice, marked as found; a run of another machine is "
        "only shown."
    )
    OPENED = ("case", "failed", "charts")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "use", "Use in advice", id="results.use"),
        Binding("c", "continue", "Continue", id="results.continue"),
    ]

    def __init__(self, stored: Stored, run: HistoryRun) -> None:
        """Show this run."""
        super().__init__()
        self.stored = stored
        self.run_shown = run

    def rows(self, width: int) -> Rows:
        """Return the head of the run, then its results."""
        run = self.run_shown
        mark, state = badge_part(run)
        day = clean(run.created[:16].replace("T", " "))
        said = f"  {versions_words(run)}; {brief(run.machine, LONGEST)}"
        rows: Rows = [(None, row(mark, (f"{day} UTC  ", "bold"), state, (said, MUTED)))]
        rows += results_rows(self.stored.document, width, self.opened)
        return rows + [one for one in go_on_rows(self.stored.document) if self._usable(one[0])]

    def remark(self) -> str:
        """Return what the run is called."""
        return clean(self.run_shown.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with this run."""
        if action == "continue":
            return self.run_shown.origin == "here" and self.run_shown.state == "interrupted"
        return self._usable("use") if action == "use" else True

    def _usable(self, target: str | None) -> bool:
        return target != "use" or self.run_shown.origin == "here"

    def action_continue(self) -> None:
        """Go on with this run, where measurements are shown."""
        self.advisor.continue_run(self.run_shown.id)

    def follow(self, target: str) -> None:
        """Do what a row is for."""
        if target == "use":
            self.action_use()
        elif target == "claims":
            self.advisor.action_claims_tested()
        elif target == "history":
            self.advisor.action_history()

    def action_use(self) -> None:
        """Take this run into the advice."""
        use_in_advice(self.advisor, self.stored.document, self.run_shown.id)
