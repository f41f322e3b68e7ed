"""Says that the terminal is too small, and what is needed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from ..app import LEAST


class TooSmallScreen(Screen[None]):
    """Covers everything until the terminal is large enough; nothing is lost."""

    DEFAULT_CSS = "TooSmallScreen { align: center middle; } TooSmallScreen Static { width: auto; }"

    def compose(self) -> ComposeResult:
        """Say it in lines that fit anywhere."""
        yield Static(id="size", markup=False)

    def on_resize(self) -> None:
        """Say how large the terminal is now."""
        here, needed = self.app.size, LEAST
        self.query_one("#size", Static).update(
            f"Too small here: {here.width}×{here.height}.\n"
            f"Needed: {needed[0]}×{needed[1]}.\n"
            "Enlarge it to go on;\nanswers are kept."
        )
