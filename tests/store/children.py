"""What the tests do to a store from other processes: `python -m tests.store.children WHAT PATH`.

A child tells with a line on stdout how far it is, and waits for a line on stdin where a test wants
it to be killed: nothing here depends on how fast a machine is.
"""

from __future__ import annotations

import resource
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from probes.store import Store, StoreError, open_store
from tests.store.making import large, measured


def say(text: str) -> None:
    print(text, flush=True)


def write_many(path: Path, name: str) -> None:
    """Four runs, each begun, replaced twice and finished."""
    _write_four(open_store(path, timeout=60.0), name)


def write_when_told(path: Path, name: str) -> None:
    """The same in a store that is open already, begun at a word of the test."""
    store = open_store(path, timeout=60.0)
    say("ready")
    sys.stdin.readline()
    _write_four(store, name)


def _write_four(store: Store, name: str) -> None:
    for number in range(4):
        run = store.begin(measured())
        for block in range(2):
            store.checkpoint(run, large(f"{name} {number} {block}"))
        store.finish(run, measured(tool_version=f"{name} {number}"))
        say(run)


def hold_a_write(path: Path, name: str) -> None:
    """Stop in the middle of a transaction that has changed much."""
    store = open_store(path)
    run = store.begin(large("before"))

    def stop(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA cache_size = 1")  # or nothing would reach the disk yet
        connection.execute("UPDATE documents SET content = zeroblob(3000000)")
        connection.execute("UPDATE runs SET state = 'finished', created = 'half-written'")
        say(run)
        sys.stdin.readline()

    store.database.write(stop)


def begin_and_wait(path: Path, name: str) -> None:
    """A run that goes on, with one finished block."""
    store = open_store(path)
    run = store.begin(measured())
    store.checkpoint(run, measured(tool_version="one block"))
    say(run)
    sys.stdin.readline()


def write_until_killed(path: Path, name: str) -> None:
    """Finish runs one after the other; each is said when it is kept."""
    store = open_store(path, timeout=60.0)
    while True:
        run = store.begin(large(name))
        store.finish(run, large(name))
        say(run)


def lock(path: Path, name: str) -> None:
    """Hold the lock of a writer."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        say("locked")
        sys.stdin.readline()


def with_small_files(path: Path, name: str) -> None:
    """Write where no file may grow beyond some hundred kilobytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    write_until_refused(path, name)


def write_until_refused(path: Path, name: str) -> None:
    """Say every run that is kept, then why no more are."""
    store = open_store(path)
    for number in range(20):
        try:
            say(store.keep(large(f"{name} {number}")))
        except StoreError as error:
            say(f"{error.reason}: {error}")
            return


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
