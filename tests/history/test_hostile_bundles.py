"""Bundles that are damaged or meant to do harm: one clear line, and nothing is taken."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.errors import InputError
from advisor.history.bundle import read_bundle
from probes.store import Store
from tests.knowledge.small_base import one_line
from tests.store.making import ARMS, measured

from .conftest import Run


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


def deep(document: bytes) -> bytes:
    """A document in which a field of a later version never ends."""
    return document[:-1] + b',"from_the_future":' + b"[" * 300_000


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "no zip archive"),
    "json": (lambda: GOOD, "no zip archive"),
    "cut": (lambda: with_document(GOOD)[:-30], "no zip archive"),
    "cut inside": (lambda: with_document(GOOD)[400:], "cannot be unpacked"),
    "flipped": (
        lambda: with_document(GOOD).replace(b"\x00\x00\x00\x00", b"\xff" * 4, 1),
        "which is no name of a run",
    ),
    "no manifest": (lambda: archive((NAME, GOOD)), "it has no manifest.json"),
    "another manifest": (
        lambda: archive(("manifest.json", manifest(schema="fw-advisor/probe"))),
        "is not what a bundle has",
    ),
    "newer manifest": (
        lambda: archive(("manifest.json", manifest(schema_version="2.0"))),
        "is not what a bundle has",
    ),
    "deep manifest": (
        lambda: archive(("manifest.json", deep(manifest()))),
        "manifest.json: is not what a bundle has: maximum recursion depth",
    ),
    "latin manifest": (
        lambda: archive(("manifest.json", manifest().replace(b"2026", b"\xff"))),
        "manifest.json: is not what a bundle has: 'utf-8' codec can't decode",
    ),
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
    "lying length": (lying_length, "cannot be unpacked: Bad CRC-32 for file"),
    "huge directory": (huge_directory, "too many files"),
    "encrypted": (encrypted, "is encrypted"),
    "zip64": (zip64, "zip64"),
    "odd packing": (
        lambda: archive(("manifest.json", manifest()), method=zipfile.ZIP_LZMA),
        "packed in a way that no bundle uses",
    ),
    "not a document": (lambda: with_document(b"{}"), "is no document of a probe"),
    "deep document": (
        lambda: with_document(deep(GOOD)),
        "is no document of a probe: maximum recursion depth",
    ),
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
