"""Documents in files, of earlier versions or of a store that failed, are taken over once."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from probes.document import ProbeDocument
from probes.store import Store, open_store
from probes.store.takeover import take_over
from tests.store.making import CREATED, measured


@pytest.fixture
def folder(path: Path) -> Path:
    folder = path.parent / "probes"
    folder.mkdir(parents=True)
    return folder


def lay(folder: Path, name: str, document: ProbeDocument) -> Path:
    file = folder / name
    file.write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")
    return file


def opened(path: Path, said: list[str]) -> Store:
    return open_store(path, kept_before=path.parent / "probes", narrate=said.append)


def test_each_file_is_taken_over_once_in_the_order_of_time(
    path: Path, folder: Path, said: list[str]
) -> None:
    newer = measured(created="2026-11-19T10:00:00Z")
    files = [
        lay(folder, "20261119T100000Z.json", newer),
        lay(folder, "copied.json", measured(created="2026-11-01T10:00:00Z")),
    ]
    before = [file.read_bytes() for file in files]
    for _ in range(3):
        store = opened(path, said)
        runs = store.runs()
        assert [(run.created[:10], run.source) for run in runs] == [
            ("2026-11-19", files[0].name),
            ("2026-11-01", files[1].name),
        ]
    assert len(said) == 1 and said[0].startswith("2 runs taken over from ")
    assert [file.read_bytes() for file in files] == before
    assert store.read("last").document == newer


def test_a_file_that_cannot_be_read_is_named_once_and_left_alone(
    path: Path, folder: Path, said: list[str]
) -> None:
    (folder / "rubbish.json").write_text("{")
    (folder / "other.json").write_text('{"schema": "fw-advisor/advice"}')
    (folder / "deep.json").write_text("[" * 100_000)
    (folder / "latin.json").write_bytes(b'"\xff"')
    (folder / "notes.txt").write_text("not looked at")
    (folder / "folder.json").mkdir()
    lay(folder, "date.json", measured(created="yesterday"))
    broken = msgspec.to_builtins(measured())
    broken["benchmarks"]["workloads"]["matmul-gemm-24"]["arms"]["pytorch/eager"]["blocks"] = [1]
    (folder / "blocks.json").write_bytes(msgspec.json.encode(broken))
    for _ in range(2):
        assert opened(path, said).runs() == []
    named = {Path(text.partition(": ")[0]).name for text in said}
    assert named == {
        *("rubbish.json", "other.json", "deep.json", "latin.json", "date.json", "blocks.json")
    }
    assert len(said) == 6 and all("left alone" in text for text in said)


def test_a_file_that_has_become_whole_is_taken_over(
    path: Path, folder: Path, said: list[str]
) -> None:
    (folder / "a.json").write_text("{")
    opened(path, said)
    lay(folder, "a.json", measured())
    assert len(opened(path, said).runs()) == 1


def test_a_deleted_run_does_not_come_back_from_its_file(
    path: Path, folder: Path, said: list[str]
) -> None:
    lay(folder, "a.json", measured())
    opened(path, said).delete("last")
    assert opened(path, said).runs() == []


def test_a_file_that_stands_in_for_the_end_of_a_run_ends_that_run(
    path: Path, folder: Path, said: list[str]
) -> None:
    store = opened(path, said)
    run = store.begin(measured())
    lay(folder, f"20261120T100000Z.{run}.json", measured(tool_version="whole"))
    lay(folder, "20261120T100000Z.r9-abc-2.json", measured(tool_version="another"))
    store = opened(path, said)
    assert {one.id: one.state for one in store.runs()}[run] == "finished"
    assert store.read(run).document.tool_version == "whole"
    assert len(store.runs()) == 2


def test_a_file_of_a_run_that_is_kept_already_adds_nothing(
    path: Path, folder: Path, said: list[str]
) -> None:
    opened(path, said).keep(measured())
    lay(folder, "a.json", measured())
    assert len(opened(path, said).runs()) == 1
    assert said == []


def test_two_processes_that_find_the_same_file_take_it_over_once(
    path: Path, folder: Path, said: list[str]
) -> None:
    lay(folder, "a.json", measured(created=CREATED))
    one, other = open_store(path), open_store(path)
    for store in (one, other):
        take_over(store.database, folder, 0.0, said.append)
    assert len(one.runs()) == 1


def test_a_store_that_cannot_be_written_says_so_and_can_be_read(
    path: Path, folder: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from probes.store import StoreError
    from probes.store.database import Database

    open_store(path).keep(measured())
    lay(folder, "a.json", measured(tool_version="other"))

    def refuse(self: Database, work: object) -> None:
        raise StoreError("full", "no room")

    monkeypatch.setattr(Database, "write", refuse)
    assert len(opened(path, said).runs()) == 1
    assert said == ["no room"]
    assert [file.name for file in folder.iterdir()] == ["a.json"]
