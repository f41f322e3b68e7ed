"""Help for the screen one is on: what it is for, and every key that works there."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from ..widgets.row_list import RowList
from ..widgets.rows import MUTED, Row, row
from .base import Dialog

HIDDEN = {"simulate", "screen.copy_text", "app.suspend_process", "app.help_quit"}
MOVES = [
    ("↑ ↓  j k", "move in a list; Home and End go to its ends"),
    ("Enter", "take the row at the pointer"),
    ("Esc", "step back; answers are never lost"),
    ("Tab", "go to the next field"),
]


class HelpScreen(Dialog[None]):
    """Reads the keys from the screen below, so that it cannot be out of date."""

    NAME = "Help"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, about: Screen[Any]) -> None:
        """Explain this screen."""
        super().__init__()
        self.about = about
        self.keys = _keys(about)

    def compose(self) -> ComposeResult:
        """Lay out one page."""
        with Vertical(classes="dialog tall"):
            yield RowList(page=True, id="page")

    def on_mount(self) -> None:
        """Fill in."""
        name = getattr(self.about, "NAME", "") or "this place"
        rows: list[tuple[str | None, Row]] = [
            (None, row("", (f"Help: {name}", "bold"))),
            (None, row("", "")),
            (None, row("", getattr(self.about, "HELP", ""))),
            (None, row("", "")),
        ]
        rows += [(None, row((f"{key:<12}", "bold"), text)) for key, text in [*self.keys, *MOVES]]
        rows += [(None, row("", "")), (None, row("", ("Esc closes this page.", MUTED)))]
        page = self.query_one(RowList)
        page.set_rows(rows)
        page.focus()


def _keys(screen: Screen[Any]) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        moving = binding.id and binding.id.startswith(("list.", "screen.leave", "dialog.leave"))
        if not binding.id or moving or not binding.description:
            continue
        shown = binding.key_display or screen.app.get_key_display(binding)
        keys = found.setdefault(binding.description, [])
        if shown not in keys:
            keys.append(shown)
    return [(" ".join(keys), text) for text, keys in found.items()]
