"""The newest measurement of each workload, for the ledger of claims: from the store, and cheap."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from advisor.cli.local_results import last_results
from advisor.cli.store_access import kept_before, store_path
from probes.document import ProbeDocument
from probes.store import Foreign, Store, open_store
from tests.store.making import ARMS, STEADY, interrupted, measured

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store() -> Store:
    return open_store(store_path())


def times(ratio: float) -> ProbeDocument:
    return measured(
        {ARMS[0]: [ratio * one for one in STEADY], ARMS[1]: STEADY}, created="2026-11-01T00:00:00Z"
    )


def test_nothing_kept_is_no_result_and_makes_no_file() -> None:
    assert last_results() == {}
    assert not store_path().parent.exists()


def test_the_newest_run_counts_whatever_its_clock_said(store: Store) -> None:
    store.keep(structs.replace(times(2.0), created="2027-11-01T00:00:00Z"))
    store.keep(times(0.5))
    assert last_results()["matmul"].ratio == pytest.approx(0.5)
    assert last_results()["matmul"].measured_on == "2026-11-01T00:00:00Z"


def test_a_run_without_the_workload_hides_no_older_one(store: Store) -> None:
    store.keep(times(0.5))
    store.keep(ProbeDocument(tool_version="0", created="2026-11-02T00:00:00Z"))
    assert last_results()["matmul"].verdict == "faster"


def test_a_run_that_was_stopped_early_hides_no_whole_one(store: Store) -> None:
    early = interrupted(measured({ARMS[0]: STEADY[:3], ARMS[1]: STEADY[:3]}))
    store.keep(early)
    assert last_results()["matmul"].verdict == "undecided", "better than nothing"
    store.keep(times(0.5))
    store.keep(early)
    assert last_results()["matmul"].verdict == "faster"


def test_what_was_imported_is_no_result_of_this_machine(store: Store) -> None:
    document = times(0.5)
    store.take([Foreign(msgspec.json.encode(document), document, "bundle")])
    assert last_results() == {}


def test_files_of_earlier_versions_still_count() -> None:
    kept_before().mkdir(parents=True)
    (kept_before() / "20261101T000000Z.json").write_bytes(msgspec.json.encode(times(0.5)))
    assert last_results()["matmul"].ratio == pytest.approx(0.5)
    assert store_path().exists()


def test_files_count_even_where_the_store_cannot_be_read() -> None:
    kept_before().mkdir(parents=True)
    (kept_before() / "20261101T000000Z.json").write_bytes(msgspec.json.encode(times(0.5)))
    store_path().mkdir()
    assert last_results()["matmul"].ratio == pytest.approx(0.5)


@pytest.mark.parametrize("kept", [False, True])
def test_no_module_is_loaded_that_the_ledger_does_not_need(store: Store, kept: bool) -> None:
    if kept:
        store.keep(times(0.5))
    code = (
        "import json, sys; from advisor.cli.local_results import last_results; "
        "found = last_results(); print(json.dumps([len(found), sorted(sys.modules)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=ROOT,
        env=dict(os.environ),
        timeout=60,
        check=True,
    )
    count, loaded = json.loads(done.stdout)
    assert count == int(kept)
    assert not {name.split(".")[0] for name in loaded} & {"psutil", "pynvml", "numpy", "yaml"}
    assert ("sqlite3" in loaded) == ("msgspec" in loaded) == kept
