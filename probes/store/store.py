"""The store: runs are begun, replaced after every finished block, finished, found and deleted.

Every method is one transaction, so concurrent runs and killed ones leave it whole. All failures are
:class:`StoreError`; the caller says so and goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from sqlite3 import Connection

from msgspec import structs

from probes.document import ProbeDocument
from probes.store.conditions import condition
from probes.store.database import TIMEOUT_SECONDS, Database
from probes.store.errors import StoreError
from probes.store.index import Entry, entry_of
from probes.store.owner import is_gone, this_process
from probes.store.packing import Packed, decode, encode, pack, unpack
from probes.store.references import find_run
from probes.store.rows import (
    Row,
    insert_run,
    replace_run,
    select_measured,
    select_measurements,
    select_packed,
    select_runs,
)
from probes.store.run import Foreign, Kept, Measured, RunState, Stored, Taken, Wanted
from probes.store.salvage import salvage

MOST_MEASUREMENTS = 1000


class Store:
    """The runs of one database."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """`clock` only tells how long a run on another host has been silent."""
        self.database = database
        self._clock = clock

    def begin(self, document: ProbeDocument) -> str:
        """Keep a run that is being measured by this process; return its id."""
        entry, packed = _prepared(_unfinished(document))
        owner, now = this_process(), self._clock()
        return self.database.write(
            lambda connection: insert_run(
                connection, entry, packed, state="running", owner=owner, touched=now
            )
        )

    def checkpoint(self, run: str, document: ProbeDocument) -> None:
        """Replace the document of a run that goes on, with the blocks that are finished by now."""
        self._put(run, _unfinished(document), "running")

    def go_on(self, run: str, document: ProbeDocument) -> None:
        """Mark a run that was interrupted as measured by this process.

        Raises:
            StoreError: Another process was faster, and measures it or has ended it.
        """
        self._put(run, _unfinished(document), "running", only_interrupted=True)

    def finish(self, run: str, document: ProbeDocument) -> None:
        """Replace the document of a run that ended: finished, or interrupted if it says so."""
        self._put(run, document, _final_state(document))

    def keep(self, document: ProbeDocument) -> str:
        """Keep a run that has ended; return its id."""
        entry, packed = _prepared(document)
        state, now = _final_state(document), self._clock()
        return self.database.write(
            lambda connection: insert_run(connection, entry, packed, state=state, touched=now)
        )

    def _put(
        self,
        run: str,
        document: ProbeDocument,
        state: RunState,
        *,
        only_interrupted: bool = False,
    ) -> None:
        entry, packed = _prepared(document)
        owner, now = this_process() if state == "running" else None, self._clock()

        def put(connection: Connection) -> None:
            row = connection.execute("SELECT number FROM runs WHERE id = ?", (run,)).fetchone()
            if only_interrupted:
                self._refuse_others(connection, run)
            if row is None:
                # The database was set aside meanwhile: nothing that was measured may get lost.
                insert_run(
                    *(connection, entry, packed), state=state, owner=owner, touched=now, name=run
                )
            else:
                replace_run(
                    *(connection, row[0], entry, packed), state=state, owner=owner, touched=now
                )

        self.database.write(put)

    def _refuse_others(self, connection: Connection, run: str) -> None:
        for row in select_runs(connection, "WHERE runs.id = ?", (run,)):
            if self._as_is(row).state != "interrupted":
                what = "is being measured now" if row.run.state == "running" else "has ended"
                raise StoreError("measuring", f"{run}: {what}")

    def runs(self, wanted: Wanted | None = None) -> list[Kept]:
        """Return runs without their documents, newest first."""
        asked = wanted or Wanted()
        where, values = condition(asked)
        found = self.database.read(lambda connection: select_runs(connection, where, values))
        kept = [self._as_is(row) for row in found]
        kept = [run for run in kept if not asked.states or run.state in asked.states]
        return kept[: asked.most]

    def read(self, reference: str) -> Stored:
        """Return one run by id, by a beginning that only it has, by `last` or `last~1`.

        Raises:
            RunReferenceError: None or several are meant.
        """

        def find(connection: Connection) -> tuple[Row, Packed]:
            row = find_run(connection, reference)
            return row, select_packed(connection, row.run.number)

        row, packed = self.database.read(find)
        raw = unpack(packed, row.run.id)
        return Stored(self._as_is(row), decode(raw, row.run.id), raw)

    def read_kept(self, reference: str) -> Kept:
        """Return one run as :meth:`read` does, without its document.

        Raises:
            RunReferenceError: None or several are meant.
        """
        return self._as_is(self.database.read(lambda connection: find_run(connection, reference)))

    def delete(self, reference: str) -> Kept:
        """Delete one run, and return what it was; one that is being measured stays.

        Raises:
            RunReferenceError: None or several are meant.
        """

        def remove(connection: Connection) -> Kept:
            row = find_run(connection, reference)
            run = self._as_is(row)
            if run.state == "running":
                raise StoreError("measuring", f"{run.id}: is being measured now; stop it first")
            connection.execute("DELETE FROM runs WHERE number = ?", (run.number,))
            return run

        return self.database.write(remove)

    def measurements(
        self,
        workload: str | None = None,
        *,
        arm: str | None = None,
        elsewhere: bool = False,
        most: int = MOST_MEASUREMENTS,
    ) -> list[Measured]:
        """Return measurements of a workload (or of all), newest run first.

        Args:
            workload: Its id, such as matmul; every size of it is a case of its own.
            arm: Only of this arm.
            elsewhere: Also what was imported.
            most: How many at most.
        """
        asked = Wanted(workload=workload, arm=arm, origin=None if elsewhere else "here")
        conditions = [("measurements.workload = ?", asked.workload), ("arm = ?", asked.arm)]
        conditions.append(("runs.origin = ?", asked.origin))
        given = [(sql, value) for sql, value in conditions if value is not None]
        where = f"WHERE {' AND '.join(sql for sql, _ in given)}" if given else ""
        values = [value for _, value in given]
        return self.database.read(
            lambda connection: select_measurements(connection, where, values, most)
        )

    def newest_measured(self, most: int) -> list[str]:
        """Return ids of this machine's runs that measured something, newest first.

        The newest `most` of them, and for every workload the newest that measured it, however many
        others came since.
        """
        return self.database.read(lambda connection: select_measured(connection, most))

    def take(self, documents: Sequence[Foreign]) -> Taken:
        """Keep documents from elsewhere, all or none; those that are there already are skipped."""
        prepared = [(one, entry_of(one.document), pack(one.raw)) for one in documents]
        now = self._clock()

        def take(connection: Connection) -> Taken:
            ids: list[str] = []
            for one, entry, packed in prepared:
                known = "SELECT 1 FROM documents WHERE digest = ?"
                if connection.execute(known, (packed.digest,)).fetchone():
                    continue
                state = _final_state(one.document)
                name = insert_run(
                    *(connection, entry, packed),
                    state=state,
                    touched=now,
                    origin="elsewhere",
                    source=one.source,
                )
                ids.append(name)
            return Taken(tuple(ids), len(prepared) - len(ids))

        return self.database.write(take)

    def end_abandoned(self) -> list[str]:
        """Mark runs whose process is gone as interrupted, with the blocks they finished."""
        running = "WHERE runs.state = 'running'"
        rows = self.database.read(lambda connection: select_runs(connection, running))
        gone = [row for row in rows if self._abandoned(row)]
        if not gone:
            return []

        def end(connection: Connection) -> list[str]:
            ended = []
            for row in gone:
                # Unless it was heard of meanwhile.
                cursor = connection.execute(
                    "UPDATE runs SET state = 'interrupted', owner = NULL "
                    "WHERE id = ? AND state = 'running' AND touched = ?",
                    (row.run.id, row.touched),
                )
                ended += [row.run.id] if cursor.rowcount else []
            return ended

        return self.database.write(end)

    def _abandoned(self, row: Row) -> bool:
        return row.run.state == "running" and is_gone(row.owner, self._clock() - row.touched)

    def _as_is(self, row: Row) -> Kept:
        """Return a run as it stands, also where that cannot be written down."""
        if not self._abandoned(row):
            return row.run
        return structs.replace(row.run, state="interrupted")


def open_store(
    path: Path,
    *,
    kept_before: Path | None = None,
    timeout: float = TIMEOUT_SECONDS,
    clock: Callable[[], float] = time.time,
    narrate: Callable[[str], None] = lambda text: None,
) -> Store:
    """Return the store at `path`; the file is made when first written to.

    Runs whose process is gone become interrupted, and documents that lie in `kept_before` are
    taken over, each once. Neither may stop a store that can otherwise be used.

    Args:
        path: The database.
        kept_before: Folder with one document per file, as earlier versions kept them.
        timeout: Seconds to wait for a lock that somebody else holds.
        clock: Time of day in seconds.
        narrate: Told in words what else happened.

    Raises:
        StoreError: It cannot even be read.
    """
    database = Database(path, timeout=timeout, narrate=narrate, salvage=salvage)
    store = Store(database, clock)
    store.runs(Wanted(states=("running",), most=1))
    try:
        for run in store.end_abandoned():
            narrate(f"{run} was ended from outside: its finished blocks are kept as interrupted")
        if kept_before is not None:
            from probes.store.takeover import take_over

            take_over(database, kept_before, clock(), narrate)
    except StoreError as error:
        narrate(str(error))
    return store


def _prepared(document: ProbeDocument) -> tuple[Entry, Packed]:
    return entry_of(document), pack(encode(document))


def _unfinished(document: ProbeDocument) -> ProbeDocument:
    """Return a document that says it is not whole: nobody can say so if the process is killed."""
    return structs.replace(
        document, benchmarks=structs.replace(document.benchmarks, interrupted=True)
    )


def _final_state(document: ProbeDocument) -> RunState:
    return "interrupted" if document.benchmarks.interrupted else "finished"
