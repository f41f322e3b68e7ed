"""Runs a probe for a command: progress, Ctrl-C that keeps what is done, and the saved document."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

from .output import Output
from .progress import ProgressLine

if TYPE_CHECKING:
    from knowledge.base import Knowledge
    from probes.bench.events import OnProgress
    from probes.document import ProbeDocument

Made = TypeVar("Made")
Work = Callable[["OnProgress", threading.Event], Made]


def with_progress(work: Work[Made], output: Output) -> tuple[Made, bool]:
    """Run `work`; return its document and whether the user interrupted it."""
    gc.enable()
    line = ProgressLine(output)
    with _interruptible() as cancel:
        try:
            document = work(line.show, cancel)
        finally:
            line.close()
    return document, cancel.is_set()


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """The first Ctrl-C asks the work to stop and keep what is done, the second one ends it."""
    cancel = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


def quick_probe(output: Output, knowledge: Knowledge, wanted: list[str]) -> ProbeDocument:
    """Probe this machine the quick way, with the wanted workloads; Ctrl-C ends the command."""
    from probes.run import probe

    from .testing_claims import with_claims

    document, interrupted = with_progress(
        lambda show, cancel: probe("quick", wanted=wanted, on_progress=show, cancel=cancel), output
    )
    document = with_claims(document, knowledge)
    save(document, output)
    if interrupted:
        raise KeyboardInterrupt
    return document


def save(document: ProbeDocument, output: Output) -> str | None:
    """Keep a document; return its name for `--evidence`, None if nothing can be written."""
    from .keeping import keep

    return keep(document, output)
