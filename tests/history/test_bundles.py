"""Bundles: what is exported comes back elsewhere the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

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
