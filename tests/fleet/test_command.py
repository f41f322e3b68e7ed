"""`fleet merge` as it is used: pages, documents, exit codes, bad files, many files."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from advisor.cli import main
from advisor.documents.doctor import Doctor
from advisor.documents.schemas import schema
from probes.doctor.record import Record

from .making import GIB, broken, invisible, probe, saved


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def fleet(folder: Path) -> list[str]:
    """Seven machines: five in order, one slow, one that cannot use its cards."""
    documents = {f"probe-node{n}.json": probe(f"node{n}", milliseconds=10) for n in range(1, 6)}
    documents["probe-slow.json"] = probe("slow", milliseconds=25)
    documents["probe-sick.json"] = probe(
        "sick", milliseconds=10, frameworks={"pytorch": invisible()}
    )
    return [saved(folder, name, document) for name, document in documents.items()]


def page(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["fleet", "merge", *arguments]) == code
    return capsys.readouterr().out


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    return dict(json.loads(page(capsys, *arguments, "--json")))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["fleet", *arguments]) == 2
    done = capsys.readouterr()
    assert done.out == "" and done.err.count("\n") == 1
    return done.err


def test_the_page_says_who_is_alike_who_is_in_trouble_and_who_differs(
    fleet: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = page(capsys, *fleet)
    assert "Fleet of 7 machines: 6 ok, 1 degraded, 0 failed" in text
    assert "8 × NVIDIA A100-SXM4-80GB; driver 550" in text
    assert "sick degraded: CPU_ONLY_WHEEL" in text and "→ install the other one" in text
    assert "slow, group-1: matmul-512: pytorch/eager: 25 ms" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_document_fits_its_schema(fleet: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, *fleet)
    jsonschema.validate(found, schema("fleet"))
    assert found["schema"] == "fw-advisor/fleet"
    assert found["states"] == {"ok": 6, "degraded": 1, "failed": 0}


def test_flags_may_stand_before_the_files(
    fleet: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fleet", "merge", "--strict", "--json", *fleet]) == 0
    assert len(json.loads(capsys.readouterr().out)["machines"]) == len(fleet)


def test_a_folder_is_all_its_json_files(
    fleet: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(document(capsys, str(folder))["machines"]) == len(fleet)


@pytest.mark.parametrize(
    ("files", "condition", "code"),
    [
        (slice(0, 5), "outliers", 0),
        (slice(0, 5), "degraded", 0),
        (slice(0, 6), "outliers", 1),
        (slice(0, 6), "degraded", 0),
        (slice(6, 7), "degraded", 1),
        (slice(6, 7), "failed", 0),
    ],
)
def test_fail_if_tells_a_script_what_it_asks(
    fleet: list[str],
    capsys: pytest.CaptureFixture[str],
    files: slice,
    condition: str,
    code: int,
) -> None:
    page(capsys, *fleet[files], "--fail-if", condition, code=code)


def test_a_failed_machine_is_degraded_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = saved(folder, "a.json", probe("a", frameworks={"pytorch": broken()}))
    page(capsys, name, "--fail-if", "degraded", code=1)
    page(capsys, name, "--fail-if", "failed", code=1)


def test_a_doctors_document_is_merged_like_a_probe(
    fleet: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = probe("doc", frameworks={"pytorch": invisible("DRIVER_TOO_OLD")})
    doctor = Doctor(
        data_version="2026.11",
        simulated=True,
        frameworks=machine.frameworks,
        record=Record(tool_version="0", created=machine.created, hardware=machine.hardware),
    )
    (folder / "probe-doc.json").write_bytes(msgspec.json.encode(doctor))
    found = document(capsys, *fleet, "probe-doc.json")
    assert not found["skipped"]
    (doctored,) = [machine for machine in found["machines"] if machine["host"] == "doc"]
    assert doctored["faults"][0]["code"] == "DRIVER_TOO_OLD"
    # That it was assumed or put together by hand stays with it.
    assert doctored["simulated"]
    assert "doc (simulated) degraded: DRIVER_TOO_OLD" in page(capsys, *fleet, "probe-doc.json")


BAD = {
    "empty.json": b"",
    "cut.json": b'{"tool_version": "1", "created": "2026-',
    "other.json": b'{"schema": "fw-advisor/advice", "tool_version": "1", "created": "2026-11-20"}',
    "list.json": b"[1, 2]",
    "latin.json": b'{"tool_version": "\xff"}',
    "date.json": b'{"tool_version": "1", "created": "yesterday"}',
    "deep.json": b"[" * 100_000,
}


@pytest.mark.parametrize("name", [*BAD, "missing.json"])
def test_a_bad_file_is_named_and_costs_no_other(
    fleet: list[str], folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    if name in BAD:
        (folder / name).write_bytes(BAD[name])
    found = document(capsys, *fleet, name)
    assert len(found["machines"]) == 7
    (skipped,) = found["skipped"]
    assert skipped["file"] == name and skipped["why"]
    assert name in refused(capsys, "merge", *fleet, name, "--strict")
    assert name in refused(capsys, "merge", name)


def test_the_page_names_skipped_files_and_older_probes(
    fleet: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.json").write_bytes(b"")
    old = saved(folder / "old", "probe-node1.json", probe("node1", created="2026-11-01T00:00:00Z"))
    text = page(capsys, *fleet, "empty.json", old)
    assert "Files that were skipped" in text and "empty.json" in text
    assert "Probes that do not count" in text and "a newer probe of this host" in text


def test_nothing_in_a_file_steers_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "\x1b[2J\x07\u202e" + "x" * 5000
    hardware = {"host-name": evil, "cpu-model": evil, "gpus": [{"name": evil, "uuid": evil}]}
    name = saved(folder, "a.json", probe(None, hardware=hardware, driver=evil))
    text = page(capsys, name)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert len(text) < 4000


def test_hundreds_of_files_take_seconds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(600):
        saved(folder, f"probe-n{number}.json", probe(f"n{number}", milliseconds=10))
    saved(folder, "probe-odd.json", probe("odd", hardware={"memory-total-bytes": 480 * GIB}))
    started = time.process_time()
    found = document(capsys, str(folder))
    assert time.process_time() - started < 5
    assert [outlier["host"] for outlier in found["outliers"]] == ["odd"]


SLIPS = [
    (["merge"], "expected files"),
    (["merge", "."], "holds no *.json"),
    (["merge", "x.json", "--ray", "auto"], "--ray does not go with `fleet merge`"),
    (["merge", "x.json", "--fail-if", "slow"], "invalid choice: 'slow'"),
    (["mrege"], "invalid choice: 'mrege'"),
    (["emit"], "expected --for (one of slurm, kubernetes, ssh)"),
    (["emit", "--for", "slrm"], "did you mean 'slurm'?"),
    (["emit", "--for", "slurm"], "--for slurm needs --nodes N or --hosts FILE"),
    (["emit", "--for", "slurm", "--nodes", "0"], "--nodes: 0 is not between 1 and"),
    (["emit", "--for", "slurm", "--nodes", "2", "--part", "all"], "--part: unknown 'all'"),
    (["emit", "--for", "slurm", "--nodes", "2", "--image", "x"], "--image is for kubernetes"),
    (["emit", "--for", "slurm", "--nodes", "2", "--results", ""], "--results: '' is no name"),
    (["emit", "--for", "slurm", "--nodes", "2", "--program=-x"], "is no program"),
    (["emit", "--for", "slurm", "--nodes", "2", "--json"], "--json does not go with it"),
    (["emit", "--for", "ssh"], "--for ssh needs --hosts FILE"),
    (["emit", "--for", "ssh", "--hosts", "missing"], "missing: no such file"),
    (["emit", "--for", "kubernetes"], "--for kubernetes needs --image IMAGE"),
    (["emit", "--for", "kubernetes", "--image", "x", "--results", "a"], "given in full"),
    (["emit", "--for", "kubernetes", "--image", "x", "--results", "/a/../b"], "given in full"),
    (["run"], "expected --ray ADDRESS"),
    (["run", "--ray", "auto", "--limit", "0"], "--limit: 0 is not between"),
    (["run", "--ray", "auto", "--limit", "nan"], "--limit"),
    (["run", "--ray", "auto", "--part", "quik"], "did you mean 'quick'?"),
    (["run", "--ray", "auto", "file.json"], "FILE does not go with `fleet run`"),
]


@pytest.mark.parametrize(("given", "words"), SLIPS, ids=range(len(SLIPS)))
def test_a_slip_gets_one_line_that_helps(
    folder: Path, capsys: pytest.CaptureFixture[str], given: list[str], words: str
) -> None:
    assert words in refused(capsys, *given)
