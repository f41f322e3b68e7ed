"""Takes over documents that lie in files: those of earlier versions, and those kept when the store
could not be written. A file is read once, stays where it is, and is named if it cannot be read.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import DecodeError, Struct, json

from probes.document import ProbeDocument
from probes.store.database import Database
from probes.store.errors import StoreError
from probes.store.index import entry_of
from probes.store.packing import LARGEST, Packed, decode, pack
from probes.store.rows import insert_run, replace_run
from probes.store.run import RunState
from probes.store.sound import unsound

MOST_FILES = 2000
_OF_RUN = re.compile(r".+\.(r\d{1,12}-[a-z0-9]{3})(?:-\d+)?\.json")
"""The name of a file that stands in for the end of a run; see `advisor.cli.keeping`."""


class _File(Struct, frozen=True):
    path: Path
    stamp: str


class _Read(Struct, frozen=True):
    file: _File
    document: ProbeDocument | None
    packed: Packed | None
    problem: str


def take_over(database: Database, folder: Path, now: float, narrate: Callable[[str], None]) -> int:
    """Take over the files of a folder that are new since the last time; return how many."""
    files = _files(folder)
    if not files:
        return 0
    known = dict(
        database.read(lambda one: one.execute("SELECT file, stamp FROM taken_over").fetchall())
    )
    new = [file for file in files if known.get(file.path.name) != file.stamp]
    if not new:
        return 0
    read = sorted(map(_read, new), key=lambda one: one.document.created if one.document else "")
    taken = database.write(lambda connection: sum(_put(connection, one, now) for one in read))
    for one in read:
        if one.problem:
            narrate(f"{one.file.path}: left alone: {one.problem}")
    if taken:
        runs = "1 run" if taken == 1 else f"{taken} runs"
        narrate(f"{runs} taken over from {folder}; the files stay where they are")
    return taken


def _files(folder: Path) -> list[_File]:
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".json") and entry.is_file():
                    status = entry.stat()
                    stamp = f"{status.st_size} {status.st_mtime_ns}"
                    found.append(_File(Path(entry.path), stamp))
    except OSError:
        return []
    # The names begin with the time.
    return sorted(found, key=lambda file: file.path.name)[-MOST_FILES:]


def _read(file: _File) -> _Read:
    try:
        if file.path.stat().st_size > LARGEST:
            return _Read(file, None, None, f"larger than {LARGEST // 10**6} MB")
        raw = json.format(file.path.read_bytes(), indent=-1)
        document = decode(raw, file.path.name)
        datetime.fromisoformat(document.created)
        return _Read(file, document, pack(raw), unsound(document))
    except OSError as error:
        return _Read(file, None, None, (error.strerror or "cannot be read").lower())
    except (DecodeError, RecursionError, UnicodeError):
        return _Read(file, None, None, "is no JSON")
    except ValueError:
        return _Read(file, None, None, "created: is no date")
    except StoreError as error:
        return _Read(file, None, None, str(error).removeprefix(f"{file.path.name}: "))


def _put(connection: sqlite3.Connection, one: _Read, now: float) -> bool:
    name = one.file.path.name
    known = connection.execute("SELECT stamp FROM taken_over WHERE file = ?", (name,)).fetchone()
    if known is not None and known[0] == one.file.stamp:
        return False  # another process was faster
    run = None
    if one.document is not None and one.packed is not None and not one.problem:
        run = _run_of(connection, one.document, one.packed, name, now)
    connection.execute(
        "INSERT OR REPLACE INTO taken_over (file, stamp, run, problem) VALUES (?, ?, ?, ?)",
        (name, one.file.stamp, run, one.problem),
    )
    return run is not None


def _run_of(
    connection: sqlite3.Connection,
    document: ProbeDocument,
    packed: Packed,
    name: str,
    now: float,
) -> str | None:
    """Return the run that the file has become; None if it is there already."""
    if connection.execute("SELECT 1 FROM documents WHERE digest = ?", (packed.digest,)).fetchone():
        return None
    state: RunState = "interrupted" if document.benchmarks.interrupted else "finished"
    begun = _OF_RUN.fullmatch(name)
    if begun:
        row = connection.execute(
            "SELECT number FROM runs WHERE id = ? AND state != 'finished' AND origin = 'here'",
            (begun[1],),
        ).fetchone()
        if row is not None:
            replace_run(
                *(connection, row[0], entry_of(document), packed),
                state=state,
                touched=now,
                owner=None,
            )
            return begun[1]
    return insert_run(
        *(connection, entry_of(document), packed), state=state, touched=now, source=name
    )
