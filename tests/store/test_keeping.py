"""A probe's result is kept whatever happens to the store: in it, or in a file beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from advisor.cli.keeping import Keeping, keep
from advisor.cli.output import Output
from advisor.cli.store_access import kept_before, store_path
from advisor.cli.stored_evidence import evidence
from advisor.errors import InputError
from probes.store import Store, database, open_store
from tests.store.making import interrupted, measured


@pytest.fixture
def output() -> Output:
    return Output(json=False, file=None, quiet=False, colour=False)


@pytest.fixture
def store() -> Store:
    return open_store(store_path())


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Somebody else keeps the store locked; nobody waits."""
    monkeypatch.setattr(database.Database.__init__, "__kwdefaults__", {"timeout": 0.0})
    monkeypatch.setattr(
        open_store, "__kwdefaults__", (open_store.__kwdefaults__ or {}) | {"timeout": 0.0}
    )
    open_store(store_path()).keep(measured(tool_version="before"))
    with closing(sqlite3.connect(store_path(), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_a_run_is_kept_block_by_block_and_named(
    output: Output, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    keeping = Keeping(output)
    run = keeping.begin(measured())
    assert run is not None
    keeping.checkpoint(measured(tool_version="a block"))
    assert store.read(run).document.tool_version == "a block"
    assert keeping.finish(measured()) == run
    assert store.read(run).document == measured()
    err = capsys.readouterr().err
    assert err == f"kept as {run}; use it with: fw-advisor advise --evidence {run}\n"
    assert not kept_before().exists()


def test_a_locked_store_costs_a_file_that_is_taken_over_later(
    output: Output, locked: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    keeping = Keeping(output)
    assert keeping.begin(measured()) is None
    keeping.checkpoint(measured())
    name = keeping.finish(measured())
    assert name is not None and Path(name).parent == kept_before()
    assert evidence(name, output) == measured()
    err = capsys.readouterr().err
    assert "another process keeps it locked" in err and f"kept as {name}" in err
    locked.execute("ROLLBACK")
    assert keep(measured(tool_version="later"), output)
    runs = open_store(store_path()).runs()
    assert len(runs) == 3 and {run.state for run in runs} == {"finished"}


def test_a_store_that_is_locked_at_the_end_still_gets_the_end_of_the_run(
    output: Output, store: Store, locked: sqlite3.Connection
) -> None:
    locked.execute("ROLLBACK")
    keeping = Keeping(output)
    run = keeping.begin(measured())
    locked.execute("BEGIN IMMEDIATE")
    keeping.checkpoint(measured(tool_version="lost"))
    name = keeping.finish(measured())
    assert name is not None and run is not None and run in name
    locked.execute("ROLLBACK")
    again = open_store(store_path(), kept_before=kept_before())
    assert again.read(run).run.state == "finished"
    assert again.read(run).document == measured()
    assert len(again.runs()) == 2


def test_a_run_begun_while_the_store_is_locked_is_kept_as_soon_as_it_is_not(
    output: Output, locked: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    keeping = Keeping(output)
    for document in (measured(), measured()):
        keeping.checkpoint(document)
        assert keeping.run is None
    locked.execute("ROLLBACK")
    keeping.checkpoint(measured(tool_version="a block"))
    assert keeping.run is not None
    stored = open_store(store_path()).read(keeping.run)
    assert (stored.run.state, stored.document.tool_version) == ("running", "a block")
    assert keeping.finish(measured()) == keeping.run
    assert len(open_store(store_path()).runs()) == 2
    assert capsys.readouterr().err.count("another process keeps it locked") == 1
    assert not kept_before().exists()


def test_what_measured_a_run_may_fail_and_its_blocks_are_kept(output: Output, store: Store) -> None:
    keeping = Keeping(output)
    keeping.give_up()
    assert store.runs() == [], "nothing was known yet"
    run = keeping.begin(interrupted(measured()))
    keeping.checkpoint(interrupted(measured(tool_version="a block")))
    keeping.give_up()
    stored = store.read(run or "")
    assert (stored.run.state, stored.document.tool_version) == ("interrupted", "a block")


def test_a_run_that_was_only_looked_at_is_not_touched(
    output: Output, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    run = store.keep(interrupted(measured(tool_version="its blocks")))
    keeping = Keeping(output)
    keeping.leave(run)
    assert keeping.finish(measured(tool_version="no blocks")) == run
    assert store.read(run).document.tool_version == "its blocks"
    assert len(store.runs()) == 1


def test_a_run_that_somebody_else_took_is_refused(output: Output, store: Store) -> None:
    run = store.keep(interrupted(measured(tool_version="its blocks")))
    Keeping(output).go_on(run, measured(tool_version="its blocks"))
    with pytest.raises(InputError, match="is being measured now, by another process"):
        Keeping(output).go_on(run, measured(tool_version="too late"))
    assert store.read(run).document.tool_version == "its blocks"


def test_a_locked_store_does_not_keep_a_run_from_going_on(
    output: Output, store: Store, locked: sqlite3.Connection
) -> None:
    locked.execute("ROLLBACK")
    run = store.keep(interrupted(measured()))
    locked.execute("BEGIN IMMEDIATE")
    keeping = Keeping(output)
    keeping.go_on(run, measured())
    assert store.read(run).run.state == "interrupted"
    locked.execute("ROLLBACK")
    keeping.checkpoint(measured(tool_version="one more block"))
    stored = store.read(run)
    assert (stored.run.state, stored.document.tool_version) == ("running", "one more block")


def a_folder(path: Path) -> None:
    path.mkdir(parents=True)


def a_newer_version(path: Path) -> None:
    open_store(path).keep(measured())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 77")


@pytest.mark.parametrize("trouble", [a_folder, a_newer_version])
def test_a_store_that_cannot_be_used_costs_a_file(
    trouble: Callable[[Path], None], output: Output, capsys: pytest.CaptureFixture[str]
) -> None:
    trouble(store_path())
    names = [keep(measured(tool_version=str(number)), output) for number in range(3)]
    assert [evidence(name or "", output).tool_version for name in names] == ["0", "1", "2"]
    assert [Path(name or "").name for name in names] == [
        *("20261120T100000Z.json", "20261120T100000Z-2.json", "20261120T100000Z-3.json")
    ]
    assert str(store_path()) in capsys.readouterr().err
    assert {file.suffix for file in kept_before().iterdir()} == {".json"}


def test_where_nothing_can_be_written_the_probe_goes_on_and_says_so(
    output: Output, capsys: pytest.CaptureFixture[str]
) -> None:
    store_path().parent.parent.mkdir(parents=True, exist_ok=True)
    store_path().parent.write_text("a file where the folder should be")
    assert keep(measured(), output) is None
    assert "(not kept: " in capsys.readouterr().err


def test_evidence_is_a_file_or_a_run(
    output: Output, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.keep(measured())
    for name in (run, "r1", "last"):
        assert evidence(name, output) == measured()
    monkeypatch.chdir(tmp_path)
    Path("last").write_text("{}")
    with pytest.raises(InputError, match="no document"):
        evidence("last", output)
    for name, words in (("r7", "no such run"), ("last~4", "1 run"), ("probe.json", "probe.json")):
        with pytest.raises(InputError, match=words):
            evidence(name, output)
