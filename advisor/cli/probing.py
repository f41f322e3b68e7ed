"""Runs a probe for a command: progress, Ctrl-C that keeps what is done, and the saved document."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

from .output import Output, write_atomically
from .places import data_directory
from .progress import ProgressLine

if TYPE_CHECKING:
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


def quick_probe(output: Output) -> ProbeDocument:
    """Probe this machine the quick way and keep the document; Ctrl-C ends the command."""
    from probes.run import probe

    document, interrupted = with_progress(
        lambda show, cancel: probe("quick", on_progress=show, cancel=cancel), output
    )
    save(document, output)
    if interrupted:
        raise KeyboardInterrupt
    return document


def save(document: ProbeDocument, output: Output) -> Path | None:
    """Keep a document in the data directory; None if nothing can be written there."""
    import msgspec

    from advisor.errors import InputError

    stamp = document.created.replace(":", "").replace("-", "")
    path = data_directory() / "probes" / f"{stamp}.json"
    raw = msgspec.json.format(msgspec.json.encode(document), indent=1).decode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, raw + "\n")
    except (OSError, InputError):
        output.narrate(f"(not kept: {path.parent} cannot be written)")
        return None
    output.narrate(f"kept as {path}; use it with: fw-advisor advise --evidence {path}")
    return path
