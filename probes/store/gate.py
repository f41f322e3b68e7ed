"""Lets many use the database at once, and one alone set it aside.

SQLite's own locks lie in the file itself, so they cannot tell others that it is about to be
renamed. A lock on a file beside it can. Where such locks do not exist, nothing is held back.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from probes.store.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows refuses to rename an open file by itself
    fcntl = None  # type: ignore[assignment]

_PAUSE_SECONDS = 0.02


@contextmanager
def gate(path: Path, *, alone: bool, timeout: float) -> Iterator[None]:
    """Hold the gate of a database, together with others or alone.

    Raises:
        StoreError: Somebody else held it longer than ``timeout`` seconds.
    """
    descriptor = _opened(path.with_name(path.name + ".lock"))
    if descriptor is None:
        yield
        return
    try:
        _wait(descriptor, path, alone, timeout)
        yield
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int | None:
    if fcntl is None:
        return None
    with suppress(OSError):
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    return None


def _wait(descriptor: int, path: Path, alone: bool, timeout: float) -> None:
    how = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB
    end = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, how)
            return
        except BlockingIOError:
            if time.monotonic() >= end:
                words = f"the store of results {path}: another process keeps it locked"
                raise StoreError("locked", words) from None
        except OSError:
            return  # a file system without such locks
        time.sleep(_PAUSE_SECONDS)
