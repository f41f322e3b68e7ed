"""Opens the database for one short transaction at a time, and turns every failure into StoreError.

A connection lives for one transaction: nothing stays locked while something is measured, any
thread may call, and a damaged file can be set aside at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from probes.store.errors import StoreError, from_sqlite
from probes.store.gate import gate
from probes.store.journal import set_journal
from probes.store.schema import ensure_schema

TIMEOUT_SECONDS = 5.0
BESIDE = ("-wal", "-shm", "-journal", "")
"""Endings of the files of a database; its own comes last, see :meth:`Database.set_aside`."""

Answer = TypeVar("Answer")
Work = Callable[[sqlite3.Connection], Answer]
Salvage = Callable[[Path, sqlite3.Connection], int]


class Database:
    """One file; `narrate` is told when it had to be set aside."""

    def __init__(
        self,
        path: Path,
        *,
        timeout: float = TIMEOUT_SECONDS,
        narrate: Callable[[str], None],
        salvage: Salvage,
    ) -> None:
        """`salvage` copies what can still be read of a damaged file; returns how many runs."""
        self.path = path
        self.timeout = timeout
        self._narrate = narrate
        self._salvage = salvage

    def write(self, work: Work[Answer]) -> Answer:
        """Run `work` in a transaction that is done as a whole or not at all."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            words = (error.strerror or "failed").lower()
            raise StoreError(
                "full" if error.errno == 28 else "read-only",
                f"the store of results {self.path}: its folder cannot be made: {words}",
            ) from None
        return self._mended(lambda: self._transaction(work, "BEGIN IMMEDIATE"))

    def read(self, work: Work[Answer]) -> Answer:
        """Run `work` on the state of one moment; without a file, on an empty database."""
        if not self.path.exists():
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
                ensure_schema(connection, self.path)
                return work(connection)
        try:
            return self._mended(lambda: self._transaction(work, "BEGIN"))
        except StoreError as error:
            if error.reason not in ("read-only", "unusable"):
                raise
            return self._read_unwritable(work, error)

    def _mended(self, attempt: Callable[[], Answer]) -> Answer:
        try:
            return attempt()
        except StoreError as error:
            if error.reason != "corrupt":
                raise
        self.set_aside()
        return attempt()

    def _transaction(self, work: Work[Answer], begin: str) -> Answer:
        with gate(self.path, alone=False, timeout=self.timeout):
            return self._alone(work, begin)

    def _alone(self, work: Work[Answer], begin: str) -> Answer:
        try:
            with closing(self._connect("rwc")) as connection:
                set_journal(connection, self.path)
                ensure_schema(connection, self.path)
                connection.execute(begin)
                try:
                    answer = work(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    # Some errors have rolled it back already.
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
                return answer
        except sqlite3.Error as error:
            raise from_sqlite(error, self.path) from error

    def _read_unwritable(self, work: Work[Answer], first: StoreError) -> Answer:
        """Read where not even a lock may be written; nobody else can write there either."""
        waiting = self.path.with_name(f"{self.path.name}-wal")
        if waiting.exists() and waiting.stat().st_size:
            raise first
        try:
            with closing(self._connect("ro&immutable=1")) as connection:
                ensure_schema(connection, self.path)
                return work(connection)
        except sqlite3.Error:
            raise first from None

    def _connect(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=self.timeout,
            isolation_level=None,
        )
        try:
            # What is reported as kept must outlive a power failure.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def set_aside(self) -> None:
        """Give a damaged database another name, begin a new one, take over what can be read."""
        with gate(self.path, alone=True, timeout=self.timeout):
            if not self._damaged():
                return  # somebody else has done it
            target = self._free_name()
            try:
                # The log first: without its database nobody would miss it, but the other way
                # round SQLite would throw it away when it begins the new database.
                for ending in BESIDE:
                    old = self.path.with_name(self.path.name + ending)
                    if old.exists():
                        old.rename(target.with_name(target.name + ending))
            except OSError as error:
                words = (error.strerror or "failed").lower()
                raise StoreError(
                    "corrupt",
                    f"the store of results {self.path}: it is damaged, and cannot be set aside: "
                    f"{words}",
                ) from None
            saved = self._alone(lambda new: self._salvage(target, new), "BEGIN IMMEDIATE")
        runs = "1 run" if saved == 1 else f"{saved} runs"
        self._narrate(
            f"the store of results was damaged: it is set aside as {target}, and a new one is "
            f"begun with {runs} that could still be read"
        )

    def _damaged(self) -> bool:
        try:
            with closing(self._connect("ro")) as connection:
                answer = connection.execute("PRAGMA integrity_check(1)").fetchone()
            return bool(answer) and answer[0] != "ok"
        except sqlite3.Error as error:
            return from_sqlite(error, self.path).reason == "corrupt"

    def _free_name(self) -> Path:
        number = 1
        while True:
            target = self.path.with_name(f"{self.path.name}.damaged-{number}")
            if not any(target.with_name(target.name + ending).exists() for ending in BESIDE):
                return target
            number += 1
