"""What is said of the frameworks, put to the test of what was measured on this machine."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from advisor.documents.tested import ProbeClaims

from .. import kept_runs
from ..measuring.put_to_test import claims_rows
from ..pages.pieces import Rows
from ..widgets.rows import row
from ..wording import LONGEST, brief
from .page import PageScreen

TALL = 30
"""Lines from which the two charts are shown without being asked for."""


class ClaimsTestedScreen(PageScreen):
    """Shows claims by what became of them here."""

    NAME = "Claims tested here"
    HELP = (
        "Each claim of the documents that a measurement can test: what is said, with its figure if "
        "there is one, what was measured on this machine, and what that makes of the claim here. "
        "On another machine it may come out otherwise. Enter opens a claim: every comparison it "
        "rests on, what it shows and what it does not, and the command that measures what is "
        "missing. The two charts of the documents stand first, claimed beside measured. L shows "
        "all claims with what is known of them from elsewhere."
    )
    OPENED = ("claim", "group", "charts")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("M", "app.measuring", "Measure", id="tested.measure"),
        Binding("L", "app.claims", "All claims", id="tested.claims"),
    ]

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self.document: ProbeClaims | None = None
        self.told: tuple[str, ...] = ()

    def begin(self) -> None:
        """Judge the claims in a thread: it reads the newest runs."""
        if self.app.size.height >= TALL:
            self.opened.add("charts")
        knowledge = self.session.knowledge
        self.advisor.fetch(lambda: kept_runs.claims(knowledge), self.show)

    def show(self, found: tuple[ProbeClaims, tuple[str, ...]]) -> None:
        """Show them."""
        self.document, self.told = found
        self.draw()

    def rows(self, width: int) -> Rows:
        """Return the claims, once they are judged."""
        if self.document is None:
            return [(None, row("", "Reading what was measured."))]
        told = [brief(text, LONGEST) for text in self.told]
        rows: Rows = [(None, row(("! ", "$text-warning"), text)) for text in told]
        return rows + claims_rows(self.document, width, self.opened)

    def remark(self) -> str:
        """Return how many claims there are."""
        return f"{len(self.document.claims)} claims" if self.document else ""
