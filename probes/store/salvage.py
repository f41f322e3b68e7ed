"""Takes over what can still be read of a damaged database: documents whose digests are right."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from probes.store.errors import StoreError
from probes.store.index import entry_of
from probes.store.packing import Packed, decode, unpack
from probes.store.rows import insert_run
from probes.store.run import RunState

_MOST = 100_000


def salvage(damaged: Path, connection: sqlite3.Connection) -> int:
    """Copy readable runs of a file into a new database; return how many."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(damaged, isolation_level=None)) as old:
        saved = sum(_copied(old, number, connection) for number in range(1, _newest(old) + 1))
        _copy_taken_over(old, connection)
        return saved
    return 0


def _copy_taken_over(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Copy which files were taken over, or runs that were deleted would come back from them."""
    with suppress(sqlite3.Error):
        rows = old.execute("SELECT file, stamp, run, problem FROM taken_over").fetchall()
        new.executemany(
            "INSERT OR IGNORE INTO taken_over (file, stamp, run, problem) VALUES (?, ?, ?, ?)", rows
        )


def _newest(old: sqlite3.Connection) -> int:
    for statement in ("SELECT max(run) FROM documents", "SELECT max(number) FROM runs"):
        with suppress(sqlite3.Error):
            found = old.execute(statement).fetchone()[0]
            if isinstance(found, int):
                return min(found, _MOST)
    return 0


def _copied(old: sqlite3.Connection, number: int, new: sqlite3.Connection) -> bool:
    """Copy one run: a page that cannot be read costs only what lies on it."""
    try:
        row = old.execute(
            "SELECT digest, packing, size, content FROM documents WHERE run = ?", (number,)
        ).fetchone()
        if row is None:
            return False
        packed = Packed(*row)
        document = decode(unpack(packed, str(number)), str(number))
        name, state, origin, source = old.execute(
            "SELECT id, state, origin, source FROM runs WHERE number = ?", (number,)
        ).fetchone()
    except (sqlite3.Error, StoreError, TypeError, ValueError):
        return False
    if state not in ("running", "interrupted", "finished") or origin not in ("here", "elsewhere"):
        return False
    # A run that goes on makes itself running again with its next block.
    ended: RunState = "finished" if state == "finished" else "interrupted"
    insert_run(
        *(new, entry_of(document), packed),
        state=ended,
        touched=0.0,
        origin=origin,
        source=str(source),
        name=str(name),
    )
    return True
