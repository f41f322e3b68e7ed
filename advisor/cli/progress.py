"""Progress on stderr: a bar on a terminal, one line per step elsewhere, nothing when quiet."""

from __future__ import annotations

import shutil
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.reports.page import bar, cells
from knowledge.text import printable

from .output import Output

if TYPE_CHECKING:
    from probes.bench.events import OnProgress, Progress

BAR = 20
LEAST_WIDTH_WITH_BAR = 50


@dataclass(frozen=True)
class Course:
    """Who is told while something is looked at or measured, and how it is stopped."""

    output: Output
    show: OnProgress
    stop: threading.Event


class ProgressLine:
    """Shows one event after another; `close` leaves the line."""

    def __init__(self, output: Output) -> None:
        """A bar needs a terminal; colour has no say in that."""
        self._live = sys.stderr is not None and sys.stderr.isatty() and not output.quiet
        self._last = ""
        self.output: Output = _Above(output, self)
        """Narrates above the line, where `output` would write into it."""

    def show(self, event: Progress) -> None:
        """Show an event."""
        text = printable(_words(event))
        if text == self._last:
            return
        self._last = text
        if not self._live:
            self.output.narrate(text)
            return
        width = shutil.get_terminal_size((80, 24)).columns - 1
        line = f"{bar(event.done, BAR)} {text}" if width >= LEAST_WIDTH_WITH_BAR else text
        while cells(line) > width:
            line = line[:-1]
        _write(f"\r\x1b[K{line}")

    def close(self) -> None:
        """Clear the line so that what follows starts on a fresh one."""
        if self._live:
            _write("\r\x1b[K")


class _Above(Output):
    """The same output, for what is said while a line of progress stands there."""

    def __init__(self, output: Output, line: ProgressLine) -> None:
        super().__init__(
            json=output.json, file=output.file, quiet=output.quiet, colour=output.colour
        )
        self._line = line

    def narrate(self, text: str) -> None:
        """Say something where the line of progress stood; the next event draws it anew."""
        self._line.close()
        super().narrate(text)


def _write(text: str) -> None:
    """Write on the terminal; one that has gone must not end what goes on."""
    with suppress(OSError):
        sys.stderr.write(text)
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
