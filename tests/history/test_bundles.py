"""Bundles: what is exported comes back elsewhere the same; what is hostile is one clear line."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.cli.store_access import store_path
from advisor.errors import InputError
from advisor.history import bundle
from advisor.history.bundle import bundle_of, read_bundle
from probes.document import ProbeDocument
from probes.store import Store, open_store
from tests.knowledge.small_base import one_line
from tests.store.making import ARMS, framework, large, measured

from .conftest import Run


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Store]:
    """Go to another machine: a home of its own, and its store."""

    def go() -> Store:
        monkeypatch.setenv("FW_ADVISOR_HOME", str(tmp_path / "elsewhere"))
        return open_store(store_path())

    return go


def test_what_is_exported_comes_back_elsewhere_the_same(
    run: Run, store: Store, elsewhere: Callable[[], Store], tmp_path: Path
) -> None:
    documents = [large("x"), measured(created="2026-11-01T00:00:00Z"), measured()]
    for document in documents:
        store.keep(document)
    going_on = store.begin(measured())
    file = str(tmp_path / "runs.fwbundle")
    assert run("--export", file).out.startswith("3 runs exported to")
    there = elsewhere()
    assert run("--import", file).out.startswith("3 runs imported from")
    assert sorted(r.created for r in there.runs()) == sorted(d.created for d in documents)
    kept = [there.read(one.id) for one in there.runs()]
    assert all(one.document in documents for one in kept) and len(kept) == 3
    assert {(one.run.origin, one.run.source.partition(" ")[0]) for one in kept} == {
        ("elsewhere", "runs.fwbundle")
    }
    assert all(going_on not in one.run.source for one in kept)
    again = run("--import", file)
    assert "(3 of 3 were here already)" in again.err and "no run imported" in again.out
    assert len(there.runs()) == 3


def test_only_the_runs_that_are_named_are_exported(
    run: Run, store: Store, elsewhere: Callable[[], Store], tmp_path: Path
) -> None:
    store.keep(measured(tool_version="not this"))
    wanted = store.keep(measured(tool_version="this"))
    file = str(tmp_path / "one")
    document = run("--export", file, "last", wanted, "--json").document
    assert [one["id"] for one in document["runs"]] == [wanted]
    elsewhere()
    assert len(run("--import", file, "--json").document["runs"]) == 1


def test_an_export_can_leave_out_who_the_machine_is(run: Run, store: Store, tmp_path: Path) -> None:
    store.keep(
        measured(frameworks={"pytorch": framework("2.13.0", "/home/lovelace/venv/bin/python")})
    )
    run("--export", str(tmp_path / "plain"))
    run("--export", str(tmp_path / "redacted"), "--redact")
    (plain,) = read_bundle((tmp_path / "plain").read_bytes(), "it")
    (redacted,) = read_bundle((tmp_path / "redacted").read_bytes(), "it")
    assert b"lovelace" in plain.raw and b"lovelace" not in redacted.raw
    assert redacted.document.redacted


def test_nothing_to_export_and_a_running_run_are_refused(
    run: Run, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "x"
    with pytest.raises(InputError, match="nothing to export"):
        run("--export", str(file))
    going_on = store.begin(measured())
    with pytest.raises(InputError, match="is being measured now"):
        run("--export", str(file), going_on)
    store.keep(measured())
    for place in (tmp_path, tmp_path / "no" / "where", Path("\0")):
        with pytest.raises(InputError, match="cannot be written"):
            run("--export", str(place))
    assert not file.exists() and not list(tmp_path.glob(".fw-advisor-*"))


def test_the_same_runs_give_the_same_bytes(run: Run, store: Store, tmp_path: Path) -> None:
    store.keep(measured())
    for name in ("a", "b"):
        run("--export", str(tmp_path / name))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


TEXTS = st.text(max_size=30)
TIMES = st.lists(st.floats(1e-9, 1e6), min_size=1, max_size=7)


@settings(max_examples=15)
@given(
    documents=st.lists(
        st.builds(
            lambda first, second, words, versions: measured(
                {ARMS[0]: first, ARMS[1]: second},
                tool_version=words,
                frameworks={name: framework(words) for name in versions},
            ),
            TIMES,
            TIMES,
            TEXTS,
            st.lists(TEXTS, max_size=3),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_documents_survive_the_way(
    documents: list[ProbeDocument], tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = open_store(tmp_path_factory.mktemp("here") / "runs.sqlite3")
    there = open_store(tmp_path_factory.mktemp("there") / "runs.sqlite3")
    ids = [here.keep(document) for document in documents]
    raw = bundle_of([here.read(name) for name in ids])
    taken = there.take(read_bundle(raw, "bundle"))
    kept = {there.read(name).raw for name in taken.ids}
    assert kept == {msgspec.json.encode(document) for document in documents}
    assert taken.duplicates == len(documents) - len(kept)


def member(name: str, raw: bytes, **changes: Any) -> dict[str, Any]:
    return {
        "id": "r1-abc",
        "file": name,
        "bytes": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "state": "finished",
        "created": "2026-11-20T10:00:00Z",
    } | changes


def manifest(*members: dict[str, Any], **changes: Any) -> bytes:
    head = {"schema": "fw-advisor/bundle", "schema_version": "1.0", "tool_version": "1"}
    return msgspec.json.encode(head | {"created": "2026", "runs": members} | changes)


def archive(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, raw in entries:
            made.writestr(zipfile.ZipInfo(name), raw, method)
    return buffer.getvalue()


GOOD = msgspec.json.encode(measured())
NAME = "runs/r1-abc.json"


def with_document(raw: bytes, name: str = NAME, **changes: Any) -> bytes:
    return archive(("manifest.json", manifest(member(name, raw, **changes))), (name, raw))


def broken(path: str, value: object) -> bytes:
    """A document with another value somewhere inside."""
    document = msgspec.to_builtins(measured())
    *way, last = path.split("/")
    place = document
    for key in way:
        place = place[key]
    place[last] = value
    return with_document(msgspec.json.encode(document))


EAGER = "benchmarks/workloads/matmul-gemm-24/arms"


def broken_cell(**changes: object) -> bytes:
    arms = msgspec.to_builtins(measured().benchmarks.workloads["matmul-gemm-24"].arms)
    arms[ARMS[0]] |= changes
    return broken(EAGER, arms)


def bomb() -> bytes:
    zeros = b"0" * 60_000_000
    return archive(("manifest.json", manifest(member(NAME, zeros))), (NAME, zeros))


def many_bombs() -> bytes:
    zeros = b"0" * 45_000_000
    names = [f"runs/r{n}-abc.json" for n in range(6)]
    return archive(
        ("manifest.json", manifest(*(member(name, zeros) for name in names))),
        *((name, zeros) for name in names),
    )


def lying_length() -> bytes:
    """An entry that unpacks to more than the table of contents says."""
    raw = bytearray(with_document(b" " * 100_000 + GOOD))
    for place in range(len(raw)):
        if raw[place : place + 4] == b"PK\x01\x02":
            name = raw[place + 46 : place + 46 + raw[place + 28]]
            if name == NAME.encode():
                raw[place + 24 : place + 28] = struct.pack("<L", 10)
    return bytes(raw)


def huge_directory() -> bytes:
    """A table of contents that claims millions of entries."""
    raw = bytearray(with_document(GOOD))
    end = raw.rfind(b"PK\x05\x06")
    raw[end + 12 : end + 16] = struct.pack("<L", 50_000_000)
    return bytes(raw)


def encrypted() -> bytes:
    raw = bytearray(with_document(GOOD))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def zip64() -> bytes:
    raw = with_document(GOOD)
    end = raw.rfind(b"PK\x05\x06")
    return raw[:end] + b"PK\x06\x07" + bytes(16) + raw[end:]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "no zip archive"),
    "json": (lambda: GOOD, "no zip archive"),
    "cut": (lambda: with_document(GOOD)[:-30], "no zip archive"),
    "cut inside": (lambda: with_document(GOOD)[400:], "cannot be unpacked"),
    "flipped": (lambda: with_document(GOOD).replace(b"\x00\x00\x00\x00", b"\xff" * 4, 1), ""),
    "no manifest": (lambda: archive((NAME, GOOD)), "it has no manifest.json"),
    "another manifest": (
        lambda: archive(("manifest.json", manifest(schema="fw-advisor/probe"))),
        "is not what a bundle has",
    ),
    "newer manifest": (
        lambda: archive(("manifest.json", manifest(schema_version="2.0"))),
        "is not what a bundle has",
    ),
    "deep manifest": (lambda: archive(("manifest.json", b"[" * 200_000)), "manifest.json"),
    "latin manifest": (lambda: archive(("manifest.json", b'"\xff"')), "manifest.json"),
    "climbing name": (lambda: with_document(GOOD, "runs/../../x.json"), "no name of a run"),
    "absolute name": (lambda: with_document(GOOD, "/etc/passwd"), "no name of a run"),
    "windows name": (lambda: with_document(GOOD, "runs\\..\\x.json"), "no name of a run"),
    "name with control": (lambda: with_document(GOOD, "runs/\x1b[2J.json"), "no name of a run"),
    "name with end": (
        lambda: with_document(GOOD, "runs/a.json0exe").replace(b"json0exe", b"json\x00exe"),
        "no name of a run",
    ),
    "long name": (lambda: with_document(GOOD, f"runs/{'a' * 60_000}.json"), "no name of a run"),
    "folder": (lambda: archive(("manifest.json", manifest()), ("runs/", b"")), "no name of a run"),
    "not named": (
        lambda: archive(("manifest.json", manifest()), (NAME, GOOD)),
        "which manifest.json does not name",
    ),
    "not there": (
        lambda: archive(("manifest.json", manifest(member(NAME, GOOD)))),
        "which is not there",
    ),
    "named twice": (
        lambda: archive(
            ("manifest.json", manifest(member(NAME, GOOD), member(NAME, GOOD))), (NAME, GOOD)
        ),
        "names a file twice",
    ),
    "manifest as run": (
        lambda: archive(("manifest.json", manifest(member("manifest.json", b"{}")))),
        "is not what a bundle has",
    ),
    "another hash": (lambda: with_document(GOOD, sha256="0" * 64), "its hash differs"),
    "another length": (lambda: with_document(GOOD, bytes=7), "its hash differs"),
    "bomb": (bomb, "unpacks to more than 50 MB"),
    "many bombs": (many_bombs, "unpacks to more than 256 MB"),
    "lying length": (lying_length, ""),
    "huge directory": (huge_directory, "too many files"),
    "encrypted": (encrypted, "is encrypted"),
    "zip64": (zip64, "zip64"),
    "odd packing": (
        lambda: archive(("manifest.json", manifest()), method=zipfile.ZIP_LZMA),
        "packed in a way that no bundle uses",
    ),
    "not a document": (lambda: with_document(b"{}"), "is no document of a probe"),
    "deep document": (lambda: with_document(b"[" * 300_000), "is no document of a probe"),
    "advice": (lambda: broken("schema", "fw-advisor/advice"), "is no document of a probe"),
    "wrong type": (lambda: broken("hardware", []), "is no document of a probe"),
    "newer schema": (lambda: broken("schema_version", "2.0"), "is no document of a probe"),
    "no date": (lambda: broken("created", "now"), "created: is no date"),
    "missing samples": (lambda: broken_cell(samples=[]), "but 6 block numbers"),
    "negative time": (lambda: broken_cell(samples=[[-1.0]] * 6), "no positive number"),
    "zero time": (lambda: broken_cell(samples=[[0.0]] * 6), "no positive number"),
    "endless time": (lambda: broken_cell(samples=[[1e300]] * 6), "no positive number"),
    "block twice": (lambda: broken_cell(blocks=[1] * 6), "stands twice"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_one_line_and_nothing_is_taken(
    name: str, run: Run, store: Store, tmp_path: Path
) -> None:
    make, words = HOSTILE[name]
    kept = store.keep(measured(tool_version="mine"))
    file = tmp_path / "hostile"
    file.write_bytes(make())
    with pytest.raises(InputError) as caught:
        run("--import", str(file))
    assert words in str(caught.value)
    assert str(caught.value).startswith(("hostile: ", str(file)))
    assert one_line(str(caught.value)) and len(str(caught.value)) < 1000
    assert [one.id for one in store.runs()] == [kept]
    assert not (tmp_path / "x.json").exists()


def test_one_bad_document_keeps_all_others_out(run: Run, store: Store, tmp_path: Path) -> None:
    names = (NAME, "runs/r2-abc.json")
    bad = GOOD.replace(b'"status":"ok"', b'"status":"odd"', 1)
    file = tmp_path / "mixed"
    members = [member(name, raw) for name, raw in zip(names, (GOOD, bad), strict=True)]
    file.write_bytes(
        archive(("manifest.json", manifest(*members)), (names[0], GOOD), (names[1], bad))
    )
    with pytest.raises(InputError, match="r2-abc"):
        run("--import", str(file))
    assert store.runs() == []


def test_a_document_twice_in_a_bundle_is_taken_once(run: Run, store: Store, tmp_path: Path) -> None:
    names = (NAME, "runs/r2-abc.json")
    members = [member(name, GOOD) for name in names]
    file = tmp_path / "twice"
    file.write_bytes(
        archive(("manifest.json", manifest(*members)), *((name, GOOD) for name in names))
    )
    assert "(1 of 2 were here already)" in run("--import", str(file)).err
    assert len(store.runs()) == 1


def test_too_many_runs_are_refused(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    stored = [store.read(store.keep(measured())) for _ in range(3)]
    raw = bundle_of(stored)
    monkeypatch.setattr(bundle, "MOST_RUNS", 1)
    with pytest.raises(InputError, match="too many"):
        bundle_of(stored)
    with pytest.raises(InputError, match="too many files"):
        read_bundle(raw, "it")
    monkeypatch.undo()
    monkeypatch.setattr(bundle, "LARGEST_BUNDLE", 100)
    with pytest.raises(InputError, match="larger than"):
        bundle_of(stored)
    with pytest.raises(InputError, match="larger than"):
        read_bundle(raw, "it")


def test_what_is_no_plain_file_is_refused_at_once(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, words in (
        (str(tmp_path / "pipe"), "is no plain file"),
        ("/dev/zero", "is no plain file"),
        (str(tmp_path), "is no plain file"),
        (str(tmp_path / "nowhere"), "no such file"),
        ("\0", "no such file|cannot be read"),
    ):
        with pytest.raises(InputError, match=words):
            run("--import", name)


@settings(max_examples=200)
@given(data=st.data())
def test_random_damage_is_one_line_or_harmless(data: st.DataObject) -> None:
    raw = bytearray(with_document(GOOD))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    del raw[data.draw(st.integers(len(raw) // 2, len(raw))) :]
    try:
        documents = read_bundle(bytes(raw), "it")
    except InputError as error:
        assert one_line(str(error))
    else:
        assert [one.raw for one in documents] == [GOOD]
