"""What can go wrong with the store, as one exception with a reason.

StoreError            the store cannot do what was asked; `reason` says of which kind it is
  RunReferenceError   no run, or more than one, is meant by what was asked for
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

Reason = Literal[
    "locked",
    "full",
    "read-only",
    "corrupt",
    "newer-schema",
    "unreadable",
    "measuring",
    "no-such-run",
    "unusable",
]

_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE")
_BASE_CODES: dict[int, Reason] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
}
_WORDS: dict[Reason, str] = {
    "locked": "another process keeps it locked",
    "full": "it cannot be written: the disk is full, or a limit on file sizes is reached",
    "read-only": "it may not be written here",
    "corrupt": "it is damaged",
}


class StoreError(Exception):
    """The store cannot do what was asked; the message is one line."""

    def __init__(self, reason: Reason, message: str) -> None:
        """`reason` is for programs, the message for people."""
        super().__init__(message)
        self.reason = reason


class RunReferenceError(StoreError):
    """No run, or more than one, is meant by what was asked for."""

    def __init__(self, message: str) -> None:
        """The message names what was asked for, and what there is."""
        super().__init__("no-such-run", message)


def from_sqlite(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the error of the store for one of SQLite."""
    code = getattr(error, "sqlite_errorcode", None)
    name = getattr(error, "sqlite_errorname", "")
    reason: Reason = "unusable"
    if name in _FULL:
        reason = "full"
    elif isinstance(code, int):
        # The low byte is the kind of error, the rest tells where it came about.
        reason = _BASE_CODES.get(code & 0xFF, "unusable")
    words = _WORDS.get(reason, str(error) or type(error).__name__)
    return StoreError(reason, f"the store of results {path}: {words}")
