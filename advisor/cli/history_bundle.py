"""`probe history --export` and `--import`: runs on their way to another machine, and from one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from advisor.errors import InputError

from .exit_codes import DONE
from .history import show_runs
from .output import Output
from .redacting import redacted_run
from .store_access import opened_store, refusing


def export(file: str, references: Sequence[str], output: Output, *, redact: bool = False) -> int:
    """Write runs into one file, as a whole or not at all; without names, all that have ended."""
    from advisor.history.bundle import bundle_of

    with refusing():
        store = opened_store(output)
        names = list(references) or [run.id for run in store.runs() if run.state != "running"]
        stored = {one.run.id: one for one in (store.read(name) for name in names)}
    running = [name for name, one in stored.items() if one.run.state == "running"]
    if running:
        raise InputError(f"{running[0]}: is being measured now; export it when it has ended")
    if not stored:
        raise InputError("no run is kept yet: there is nothing to export")
    runs = [redacted_run(one) if redact else one for one in stored.values()]
    write_bytes_atomically(Path(file), bundle_of(runs))
    show_runs([one.run for one in runs], output, f"exported to {file}")
    return DONE


def take_in(file: str, output: Output) -> int:
    """Take the runs of a bundle into the store, all or none; InputError says what is wrong."""
    from advisor.history.bundle import read_bundle

    documents = read_bundle(_read(Path(file)), Path(file).name)
    with refusing():
        store = opened_store(output)
        taken = store.take(documents)
        runs = [store.read_kept(name) for name in taken.ids]
    if taken.duplicates:
        output.narrate(f"({taken.duplicates} of {len(documents)} were here already)")
    show_runs(runs, output, f"imported from {file}")
    return DONE


def _read(path: Path) -> bytes:
    """Return a file of a bearable size; InputError if it is none."""
    from advisor.history.bundle import LARGEST_BUNDLE

    try:
        # A pipe or a device would keep a reader waiting, or never end.
        if not path.is_file():
            words = "is no plain file" if path.exists() else "no such file"
            raise InputError(f"{path}: {words}")
        with path.open("rb") as stream:
            return stream.read(LARGEST_BUNDLE + 1)
    except (OSError, ValueError) as error:
        words = (getattr(error, "strerror", None) or "failed").lower()
        raise InputError(f"{path}: cannot be read: {words}") from None


def write_bytes_atomically(path: Path, raw: bytes) -> None:
    """Replace a file as a whole, or leave it as it was; InputError if that is not possible."""
    beside = None
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "is a directory")
        target = path.resolve()
        descriptor, beside = tempfile.mkstemp(prefix=".fw-advisor-", dir=target.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        # A temporary file is for its owner alone; this one is as any file that is written.
        umask = os.umask(0)
        os.umask(umask)
        Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(target)
    except (OSError, RuntimeError, ValueError) as error:
        if beside is not None:
            with suppress(OSError):
                Path(beside).unlink()
        words = (getattr(error, "strerror", None) or "failed").lower()
        raise InputError(f"{path}: cannot be written: {words}") from None
