"""Damaged files, a newer version, places that cannot be written: a reason, and nothing lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from probes.store import Store, StoreError, open_store, schema
from probes.store.errors import from_sqlite
from probes.store.journal import on_shared_file_system
from tests.store.making import large, measured


def rubbish(path: Path) -> None:
    path.write_bytes(b"this is no database" * 300)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def holes(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    for start in range(4096, len(raw), 3 * 4096):
        raw[start : start + 200] = b"\xff" * 200
    path.write_bytes(raw)


@pytest.mark.parametrize("damage", [rubbish, cut, holes])
def test_a_damaged_database_is_set_aside_and_a_new_one_begun(
    damage: Callable[[Path], None], path: Path, said: list[str]
) -> None:
    store = open_store(path)
    for number in range(6):
        store.keep(large(str(number)))
    damage(path)
    before = path.read_bytes()
    store = open_store(path, narrate=said.append)
    run = store.keep(measured())
    assert store.read(run).document == measured()
    assert path.with_name("runs.sqlite3.damaged-1").read_bytes() == before
    assert len(said) == 1 and "damaged-1" in said[0] and "could still be read" in said[0]
    assert all(store.read(one.id).document for one in store.runs())


def test_a_second_damage_gets_a_name_of_its_own(path: Path, said: list[str]) -> None:
    for _ in range(2):
        open_store(path).keep(measured())
        rubbish(path)
        open_store(path, narrate=said.append)
    assert len(said) == 2
    names = {file.name for file in path.parent.iterdir()}
    assert {"runs.sqlite3.damaged-1", "runs.sqlite3.damaged-2"} <= names


def test_damage_found_while_writing_loses_neither_the_result_nor_its_id(
    store: Store, path: Path, said: list[str]
) -> None:
    run = store.begin(measured())
    rubbish(path)
    store.finish(run, measured())
    assert store.read(run).document == measured()
    assert len(said) == 1


def test_what_a_damage_spared_is_taken_over(path: Path, said: list[str]) -> None:
    store = open_store(path)
    ids = [store.keep(large(str(number))) for number in range(6)]
    raw = bytearray(path.read_bytes())
    raw[-2 * 4096 :] = b"\xff" * (2 * 4096)
    path.write_bytes(raw)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() != ("ok",)
    store = open_store(path, narrate=said.append)
    store.database.set_aside()
    kept = {run.id for run in store.runs()}
    assert kept < set(ids) and len(kept) >= 3
    assert all(store.read(run).document == large(str(ids.index(run))) for run in kept)


def test_a_whole_database_is_never_set_aside(store: Store, path: Path, said: list[str]) -> None:
    store.keep(measured())
    store.database.set_aside()
    assert len(store.runs()) == 1 and said == []
    assert not list(path.parent.glob("*damaged*"))


def test_an_empty_file_is_a_new_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    open_store(path).keep(measured())
    assert len(open_store(path).runs()) == 1


def test_a_database_of_a_newer_version_is_left_alone(store: Store, path: Path) -> None:
    store.keep(measured())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 77")
    before = path.read_bytes()
    for action in (lambda: store.keep(measured()), store.runs, lambda: open_store(path)):
        with pytest.raises(StoreError, match="a newer fw-advisor has written it") as caught:
            action()
        assert caught.value.reason == "newer-schema"
    assert path.read_bytes() == before


def test_a_database_of_an_earlier_version_is_brought_up_to_date(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.keep(measured())
    more = ("ALTER TABLE runs ADD COLUMN remark TEXT NOT NULL DEFAULT 'none'",)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, more))
    assert store.read(run).document == measured()
    found = store.database.read(lambda one: one.execute("SELECT remark FROM runs").fetchall())
    assert found == [("none",)]


def test_a_migration_that_fails_changes_nothing(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.keep(measured())
    monkeypatch.setattr(
        schema,
        "MIGRATIONS",
        (*schema.MIGRATIONS, ("ALTER TABLE runs ADD COLUMN remark TEXT", "DROP TABLE nowhere")),
    )
    with pytest.raises(StoreError, match="nowhere"):
        store.runs()
    monkeypatch.undo()
    assert open_store(path).read(run).document == measured()


def test_a_place_that_is_no_folder_is_an_error_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    store = open_store(tmp_path / "data" / "runs.sqlite3")
    with pytest.raises(StoreError, match="its folder cannot be made"):
        store.keep(measured())


def test_a_folder_in_the_place_of_the_file_is_an_error_with_a_reason(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert caught.value.reason == "unusable" and str(path) in str(caught.value)


def test_a_database_where_nothing_may_be_written_can_be_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.keep(measured())
    connect = sqlite3.connect

    def read_only(name: str, **options: object) -> sqlite3.Connection:
        if "mode=rwc" in name:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(name, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", read_only)
    assert store.read(run).document == measured()
    with pytest.raises(StoreError):
        store.keep(measured())


@pytest.mark.parametrize(
    ("code", "name", "reason"),
    [
        (sqlite3.SQLITE_BUSY, "SQLITE_BUSY", "locked"),
        (sqlite3.SQLITE_BUSY | 2 << 8, "SQLITE_BUSY_SNAPSHOT", "locked"),
        (sqlite3.SQLITE_FULL, "SQLITE_FULL", "full"),
        (sqlite3.SQLITE_IOERR, "SQLITE_IOERR_WRITE", "full"),
        (sqlite3.SQLITE_IOERR, "SQLITE_IOERR_READ", "unusable"),
        (sqlite3.SQLITE_READONLY | 1 << 8, "SQLITE_READONLY_RECOVERY", "read-only"),
        (sqlite3.SQLITE_NOTADB, "SQLITE_NOTADB", "corrupt"),
        (sqlite3.SQLITE_CORRUPT | 1 << 8, "SQLITE_CORRUPT_VTAB", "corrupt"),
    ],
)
def test_every_error_has_a_reason(code: int, name: str, reason: str) -> None:
    error = sqlite3.OperationalError("words of SQLite")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    made = from_sqlite(error, Path("/place"))
    assert made.reason == reason and "/place" in str(made)
    assert from_sqlite(sqlite3.ProgrammingError("odd"), Path("/place")).reason == "unusable"


def test_a_network_file_system_gets_no_write_ahead_log(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"disk / ext4 rw 0 0\nhost:/x {tmp_path.resolve()}/data nfs4 rw 0 0\nodd\n"
        f"host:/y {tmp_path.resolve()}/data/local ext4 rw 0 0\n"
    )
    assert on_shared_file_system(path, mounts)
    assert not on_shared_file_system(tmp_path / "data" / "local" / "x", mounts)
    assert not on_shared_file_system(tmp_path / "database", mounts)
    assert not on_shared_file_system(path, tmp_path / "nowhere")

    def mode() -> str:
        open_store(path).keep(measured())
        with closing(sqlite3.connect(path)) as connection:
            return str(connection.execute("PRAGMA journal_mode").fetchone()[0])

    assert mode() == "wal"
    monkeypatch.setattr("probes.store.journal.on_shared_file_system", lambda path: True)
    assert mode() == "delete"
    assert len(open_store(path).runs()) == 2
