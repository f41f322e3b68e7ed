"""Two runs against each other."""

from __future__ import annotations

from advisor.documents.run_comparison import RunComparison

from ..measuring.versus import versus_rows
from ..pages.pieces import Rows
from ..wording import clean
from .page import PageScreen


class VersusScreen(PageScreen):
    """Shows a comparison."""

    NAME = "Two measurements compared"
    HELP = (
        "The later run against the earlier one, way by way: left of 1 the later run took less. "
        "Blocks of two runs are not paired, so whatever else changed on the machine between them "
        "counts in; across two machines nothing is concluded."
    )

    def __init__(self, compared: RunComparison) -> None:
        """Show this comparison."""
        super().__init__()
        self.compared = compared

    def rows(self, width: int) -> Rows:
        """Return the page."""
        return versus_rows(self.compared, width)

    def remark(self) -> str:
        """Return which runs these are."""
        return clean(f"{self.compared.new.run} against {self.compared.old.run}")
