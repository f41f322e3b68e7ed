"""Runs a probe for a command: progress, signals that keep what is done, and the saved document."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

from .asked import Asked
from .output import Output
from .progress import Course, ProgressLine

if TYPE_CHECKING:
    from knowledge.base import Knowledge
    from probes.bench.events import OnProgress
    from probes.document import ProbeDocument

Made = TypeVar("Made")
Work = Callable[["OnProgress", threading.Event], Made]

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""What asks a program to end; not every system has all of them."""


@dataclass(frozen=True)
class Probed:
    """What came of a probe; `name` is what it is called for `--evidence`, None if not kept."""

    document: ProbeDocument
    name: str | None
    interrupted: bool


def probed(asked: Asked, output: Output, knowledge: Knowledge | None) -> Probed:
    """Look and measure, judge the claims of `knowledge`, and keep all of it block by block.

    Raises:
        InputError: A run was to be gone on with, and cannot be.
        ProbeError: What was asked for cannot be measured.
    """
    from .keeping import Keeping
    from .measuring import measure

    with _course(output) as course:
        keeping = Keeping(course.output)
        document = measure(asked, keeping, course)
        if knowledge is not None:
            from .testing_claims import with_claims

            document = with_claims(document, knowledge)
        name = None if asked.hardware_only else keeping.finish(document)
        return Probed(document, name, course.stop.is_set())


def quick_probe(output: Output, knowledge: Knowledge, wanted: list[str]) -> ProbeDocument:
    """Probe this machine the quick way, with the wanted workloads; Ctrl-C ends the command."""
    longer = "".join(f" --workload {name}" for name in wanted) or " --budget TIME"
    asked = Asked(wanted=wanted, longer=f"`fw-advisor probe bench --quick{longer}`")
    found = probed(asked, output, knowledge)
    if found.interrupted:
        raise KeyboardInterrupt
    return found.document


def with_progress(work: Work[Made], output: Output) -> tuple[Made, bool]:
    """Run `work`; return its document and whether the user interrupted it."""
    with _course(output) as course:
        document = work(course.show, course.stop)
        return document, course.stop.is_set()


def save(document: ProbeDocument, output: Output) -> str | None:
    """Keep a document; return its name for `--evidence`, None if nothing can be written."""
    from .keeping import keep

    return keep(document, output)


@contextmanager
def _course(output: Output) -> Iterator[Course]:
    gc.enable()
    line = ProgressLine(output)
    with _interruptible() as stop:
        try:
            yield Course(line.output, line.show, stop)
        finally:
            line.close()


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """The first signal asks the work to stop and keep what is done, the second one ends it."""
    cancel = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    before = {number: signal.signal(number, stop) for number in _heeded()}
    try:
        yield cancel
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heeded() -> Sequence[signal.Signals]:
    """Return the signals to wait for: one that is ignored (`nohup`) stays so."""
    numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    return [one for one in numbers if signal.getsignal(one) not in (signal.SIG_IGN, None)]
