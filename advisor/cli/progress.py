"""Progress on stderr: a bar on a terminal, one line per step elsewhere, nothing when quiet."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from advisor.reports.page import bar, cells
from knowledge.text import printable

from .output import Output, wants_colour

if TYPE_CHECKING:
    from probes.bench.events import Progress


class ProgressLine:
    """Shows one event after another; `close` leaves the line."""

    def __init__(self, output: Output) -> None:
        """A bar needs a terminal; colour has no say in that."""
        self._output = output
        self._live = sys.stderr.isatty() and not output.quiet
        self._colour = wants_colour(sys.stderr, output.colour)
        self._last = ""

    def show(self, event: Progress) -> None:
        """Show an event."""
        text = printable(_words(event))
        if self._output.quiet or text == self._last:
            return
        self._last = text
        if not self._live:
            self._output.narrate(text)
            return
        width = shutil.get_terminal_size((80, 24)).columns - 1
        line = f"{bar(event.done, 20)} {text}" if width >= 50 else text
        while cells(line) > width:
            line = line[:-1]
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    def close(self) -> None:
        """Clear the line so that results start on a fresh one."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _words(event: Progress) -> str:
    parts = [event.text]
    if event.block is not None and event.blocks is not None:
        again = event.block - event.blocks
        parts.insert(
            0,
            f"block {event.block} of {event.blocks}"
            if again <= 0
            else f"block {again} more, for disturbed ones",
        )
    if event.seconds_left is not None:
        parts.append(f"{duration(event.seconds_left)} left")
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """Return seconds as a person says them."""
    whole = max(0, round(seconds))
    if whole < 90:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60:02d} s" if whole < 3600 else f"{whole / 3600:.1f} h"
