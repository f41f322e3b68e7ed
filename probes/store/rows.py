"""Writes and reads the tables; each function runs inside a transaction that its caller began."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from probes.store.index import Entry
from probes.store.owner import Owner
from probes.store.packing import Packed
from probes.store.run import Kept, Measured, Origin, RunState

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for each other."""
_COLUMNS = (
    "runs.id, runs.number, runs.state, runs.created, runs.origin, runs.source, runs.fingerprint, "
    "runs.machine, runs.tool_version, runs.effort, runs.device, runs.threads, runs.quiet, "
    "documents.size, runs.owner, runs.touched"
)
_FROM = "runs JOIN documents ON documents.run = runs.number"


class Row(msgspec.Struct, frozen=True):
    """A run as its row tells it, with who measures it and when that was last heard of."""

    run: Kept
    owner: Owner | None
    touched: float


def insert_run(
    connection: sqlite3.Connection,
    entry: Entry,
    packed: Packed,
    *,
    state: RunState,
    touched: float,
    owner: Owner | None = None,
    origin: Origin = "here",
    source: str = "",
    name: str | None = None,
) -> str:
    """Add a run and return its id; `name` is the id that it had in another store.

    The number comes from the database alone, so that ids rise even if the clock was set back; the
    letters tell apart runs of two stores, or of one that was begun anew.
    """
    cursor = connection.execute(
        "INSERT INTO runs (id, state, created, origin, source, fingerprint, machine, "
        "tool_version, touched) VALUES (?, ?, '', ?, ?, '', '', '', 0)",
        (f"new {secrets.token_hex(8)}", state, origin, source),
    )
    number = cursor.lastrowid
    if name is None or connection.execute("SELECT 1 FROM runs WHERE id = ?", (name,)).fetchone():
        name = f"r{number}-{''.join(secrets.choice(_LETTERS) for _ in range(3))}"
    connection.execute("UPDATE runs SET id = ? WHERE number = ?", (name, number))
    assert number is not None
    replace_run(connection, number, entry, packed, state=state, touched=touched, owner=owner)
    return name


def replace_run(
    connection: sqlite3.Connection,
    number: int,
    entry: Entry,
    packed: Packed,
    *,
    state: RunState,
    touched: float,
    owner: Owner | None,
) -> None:
    """Give a run another document and state."""
    connection.execute(
        "UPDATE runs SET state = ?, created = ?, fingerprint = ?, machine = ?, tool_version = ?, "
        "effort = ?, device = ?, threads = ?, quiet = ?, owner = ?, touched = ? WHERE number = ?",
        (
            state,
            entry.created,
            entry.fingerprint,
            msgspec.json.encode(entry.machine).decode(),
            entry.tool_version,
            entry.effort,
            entry.device,
            entry.threads,
            entry.quiet,
            None if owner is None else msgspec.json.encode(owner).decode(),
            touched,
            number,
        ),
    )
    connection.execute(
        "INSERT OR REPLACE INTO documents (run, digest, packing, size, content) "
        "VALUES (?, ?, ?, ?, ?)",
        (number, packed.digest, packed.packing, packed.size, packed.content),
    )
    for table in ("versions", "measurements"):
        connection.execute(f"DELETE FROM {table} WHERE run = ?", (number,))
    connection.executemany(
        "INSERT INTO versions (run, framework, version, interpreter) VALUES (?, ?, ?, ?)",
        [
            (number, name, version, entry.interpreters.get(name, ""))
            for name, version in entry.versions.items()
        ],
    )
    connection.executemany(
        "INSERT INTO measurements (run, case_id, workload, arm, framework, status, median) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(number, *msgspec.structs.astuple(row)) for row in entry.rows],
    )


def select_runs(
    connection: sqlite3.Connection, where: str = "", values: Sequence[object] = ()
) -> list[Row]:
    """Return runs, newest first; `where` is SQL of this package, `values` are its parameters."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM} {where} ORDER BY runs.number DESC", values
    ).fetchall()
    numbers = [row[1] for row in found]
    versions: dict[int, dict[str, tuple[str, str]]] = {number: {} for number in numbers}
    names: dict[int, tuple[dict[str, None], dict[str, None]]] = {n: ({}, {}) for n in numbers}
    columns = "framework, version, interpreter"
    for run, framework, version, interpreter in _of_runs(connection, columns, "versions", numbers):
        versions[run][framework] = (version, interpreter)
    for run, workload, arm in _of_runs(connection, "workload, arm", "measurements", numbers):
        names[run][0][workload] = None
        names[run][1][arm] = None
    return [_row(row, versions[row[1]], *names[row[1]]) for row in found]


def _of_runs(
    connection: sqlite3.Connection, columns: str, table: str, numbers: Sequence[int]
) -> Iterable[tuple[Any, ...]]:
    # In portions: the number of parameters of one statement is limited.
    for start in range(0, len(numbers), 500):
        portion = numbers[start : start + 500]
        marks = ", ".join("?" * len(portion))
        yield from connection.execute(
            f"SELECT DISTINCT run, {columns} FROM {table} WHERE run IN ({marks})", portion
        )


def _row(
    row: tuple[Any, ...],
    versions: dict[str, tuple[str, str]],
    workloads: Iterable[str],
    arms: Iterable[str],
) -> Row:
    kept = Kept(
        id=row[0],
        number=row[1],
        state=row[2],
        created=row[3],
        origin=row[4],
        source=row[5],
        fingerprint=row[6],
        machine=msgspec.json.decode(row[7], type=dict[str, str]),
        versions={name: version for name, (version, _) in versions.items()},
        interpreters={name: path for name, (_, path) in versions.items() if path},
        tool_version=row[8],
        effort=row[9],
        device=row[10],
        threads=row[11],
        quiet=None if row[12] is None else bool(row[12]),
        workloads=tuple(workloads),
        arms=tuple(arms),
        size=row[13],
    )
    owner = None if row[14] is None else msgspec.json.decode(row[14], type=Owner)
    return Row(kept, owner, row[15])


def select_packed(connection: sqlite3.Connection, number: int) -> Packed:
    """Return the document of a run that exists."""
    row = connection.execute(
        "SELECT digest, packing, size, content FROM documents WHERE run = ?", (number,)
    ).fetchone()
    return Packed(*row)


def select_measurements(
    connection: sqlite3.Connection, where: str, values: Sequence[object], most: int
) -> list[Measured]:
    """Return measurements, newest run first."""
    found = connection.execute(
        "SELECT runs.id, runs.created, runs.origin, runs.fingerprint, runs.device, case_id, "
        "workload, arm, framework, status, median FROM measurements "
        f"JOIN runs ON runs.number = measurements.run {where} "
        "ORDER BY runs.number DESC, case_id, arm LIMIT ?",
        (*values, most),
    )
    return [
        Measured(
            run=row[0],
            created=row[1],
            origin=row[2],
            fingerprint=row[3],
            device=row[4],
            case=row[5],
            workload=row[6],
            arm=row[7],
            framework=row[8],
            status=row[9],
            median=row[10],
        )
        for row in found
    ]


def select_measured(connection: sqlite3.Connection, most: int) -> list[str]:
    """Return ids of the newest runs of this machine with a measurement, and of each workload's."""
    mine = (
        "SELECT number, workload FROM runs JOIN measurements ON run = number "
        "WHERE origin = 'here' AND status = 'ok' AND median IS NOT NULL"
    )
    found = connection.execute(
        f"WITH mine AS ({mine}) SELECT id FROM runs WHERE number IN ("
        "SELECT max(number) FROM mine GROUP BY workload UNION "
        "SELECT number FROM (SELECT DISTINCT number FROM mine ORDER BY number DESC LIMIT ?)) "
        "ORDER BY number DESC",
        (most,),
    )
    return [row[0] for row in found]
