"""Asks how long a measurement may take."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from probes.bench.budget import read_duration
from probes.errors import ProbeError

from ..widgets.rows import MUTED
from ..wording import clean
from .base import Dialog

HINT = "Such as 5m, 90s or 1h30m; workloads and ways are left out until it fits, never blocks."


class BudgetScreen(Dialog[float]):
    """Returns seconds, or nothing."""

    NAME = "At most"
    HELP = "Write how long the measurement may take, such as 5m, 90s or 1h30m; Enter takes it."
    BINDINGS: ClassVar[list[BindingType]] = []

    def compose(self) -> ComposeResult:
        """Lay out the question and the field."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled("How long may it take at most?", "bold"))
            yield Input(value="10m", id="time")
            yield Static(Content.styled(HINT, MUTED), id="hint", markup=False)

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it if it can be read."""
        try:
            self.dismiss(read_duration(event.value))
        except ProbeError as error:
            said = Content.styled(clean(str(error)), "$text-error")
            self.query_one("#hint", Static).update(said)
