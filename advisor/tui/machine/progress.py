"""How far a look or a measurement is: a bar, what is being done, what to know meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.cli.progress import duration
from advisor.reports.page import bar
from probes.interpreters import FRAMEWORKS

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, row
from ..wording import clean

if TYPE_CHECKING:
    from probes.bench.events import Progress


def progress_rows(event: Progress | None, width: int, note: str) -> Rows:
    """Return where the work is, and a note."""
    if event is None:
        return [(None, row("", "Starting.")), (None, row("", (note, MUTED)))]
    done = _share(event)
    left = f" · about {duration(event.seconds_left)} left" if event.seconds_left else ""
    length = max(10, min(width - 12, 50))
    return [
        (None, row("", (bar(done, length), "$text-primary"), f" {round(100 * done):>3} %")),
        (None, row("", _words(event), (left, MUTED))),
        (None, row("", (note, MUTED))),
    ]


def _words(event: Progress) -> str:
    words = clean(event.text)
    if event.block is not None and event.blocks is not None:
        return f"block {event.block} of {event.blocks} · {words}"
    return words[:1].upper() + words[1:]


def _share(event: Progress) -> float:
    """Return the share of the whole; a look is the hardware, then one step for each framework."""
    if event.phase == "hardware":
        return 0.0
    if event.phase == "frameworks":
        steps = len(FRAMEWORKS) + 1
        return (1 + event.done * len(FRAMEWORKS)) / steps
    return event.done
