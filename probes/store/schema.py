"""The tables, and how a database of an earlier version becomes one of this version.

The content of documents stands apart from what is looked for, so that a list reads no content.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from probes.store.errors import StoreError

_FIRST = (
    """
    CREATE TABLE runs (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'finished')),
        created TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('here', 'elsewhere')),
        source TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        machine TEXT NOT NULL,
        tool_version TEXT NOT NULL,
        effort TEXT,
        device TEXT,
        threads INTEGER,
        quiet INTEGER,
        owner TEXT,
        touched REAL NOT NULL
    )
    """,
    """
    CREATE TABLE documents (
        run INTEGER PRIMARY KEY REFERENCES runs (number) ON DELETE CASCADE,
        digest BLOB NOT NULL,
        packing TEXT NOT NULL CHECK (packing IN ('plain', 'zlib')),
        size INTEGER NOT NULL,
        content BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE versions (
        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
        framework TEXT NOT NULL,
        version TEXT NOT NULL,
        interpreter TEXT NOT NULL,
        PRIMARY KEY (run, framework)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE measurements (
        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
        case_id TEXT NOT NULL,
        workload TEXT NOT NULL,
        arm TEXT NOT NULL,
        framework TEXT NOT NULL,
        status TEXT NOT NULL,
        median REAL,
        PRIMARY KEY (run, case_id, arm)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE taken_over (
        file TEXT PRIMARY KEY,
        stamp TEXT NOT NULL,
        run TEXT,
        problem TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX runs_by_state ON runs (state)",
    "CREATE INDEX runs_by_fingerprint ON runs (fingerprint)",
    "CREATE INDEX documents_by_digest ON documents (digest)",
    "CREATE INDEX versions_by_framework ON versions (framework, version)",
    "CREATE INDEX measurements_by_workload ON measurements (workload, run)",
    "CREATE INDEX measurements_by_arm ON measurements (arm, run)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
"""One step per version of the schema, oldest first; a step that was released never changes."""


def ensure_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a database to this version, in one transaction.

    Raises:
        StoreError: A newer version of the program has written it.
    """
    if _version(connection, path) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Somebody else may have done it while this process waited for the lock.
        for number in range(_version(connection, path), len(MIGRATIONS)):
            for statement in MIGRATIONS[number]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise StoreError(
            "newer-schema",
            f"the store of results {path}: a newer fw-advisor has written it "
            f"(version {version} of its tables, {len(MIGRATIONS)} is known here)",
        )
    return version
