"""Runs are kept, found, replaced and deleted; what is read is what was kept."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from probes.document import ProbeDocument
from probes.evidence import found
from probes.store import RunReferenceError, Store, StoreError, Wanted, open_store
from probes.store.packing import decode, pack, unpack
from tests.store.making import (
    ARMS,
    CASE,
    cell,
    framework,
    hardware,
    interrupted,
    large,
    measured,
)


def test_a_run_that_was_stopped_early_is_not_called_noisy(store: Store) -> None:
    early = measured(dict.fromkeys(ARMS, (1.0,)))
    assert early.aa is not None and early.aa.floor is None
    assert store.read(store.keep(early)).run.quiet is None
    assert store.read(store.keep(measured())).run.quiet is True


def test_a_run_goes_from_begun_over_its_blocks_to_finished(store: Store) -> None:
    run = store.begin(measured())
    assert re.fullmatch(r"r1-[a-z0-9]{3}", run)
    assert [(one.id, one.state) for one in store.runs()] == [(run, "running")]
    block = measured(tool_version="one block")
    store.checkpoint(run, block)
    assert store.read(run).document == interrupted(block)
    whole = measured(tool_version="whole")
    store.finish(run, whole)
    assert store.read(run).document == whole
    assert [(one.id, one.state) for one in store.runs()] == [(run, "finished")]


def test_a_run_that_the_user_stopped_is_interrupted(store: Store) -> None:
    run = store.begin(measured())
    store.finish(run, interrupted(measured()))
    assert store.runs()[0].state == "interrupted"
    assert store.keep(interrupted(measured())) != run
    assert store.runs()[0].state == "interrupted"


def test_a_run_goes_on_under_one_process_only(store: Store) -> None:
    run = store.keep(interrupted(measured()))
    store.go_on(run, measured(tool_version="one more block"))
    assert [(one.id, one.state) for one in store.runs()] == [(run, "running")]
    with pytest.raises(StoreError, match=f"{run}: is being measured now") as caught:
        store.go_on(run, measured(tool_version="too late"))
    assert caught.value.reason == "measuring"
    assert store.read(run).document == interrupted(measured(tool_version="one more block"))
    store.finish(run, measured())
    with pytest.raises(StoreError, match="has ended"):
        store.go_on(run, interrupted(measured()))
    assert store.read(run).document == measured()


def test_what_is_looked_for_is_found(store: Store) -> None:
    first = store.keep(measured())
    other = store.keep(
        measured(
            frameworks={"pytorch": framework("2.14.0")},
            hardware=hardware(cpu_usable_threads=found(4, "cpu")),
        )
    )
    nothing = store.keep(ProbeDocument(tool_version="0", created="2026-11-20T10:00:00Z"))
    fingerprints = [run.fingerprint for run in store.runs()]
    assert len(set(fingerprints)) == 3 and fingerprints[0] == ""
    for wanted, ids in (
        (Wanted(), [nothing, other, first]),
        (Wanted(most=1), [nothing]),
        (Wanted(workload="matmul"), [other, first]),
        (Wanted(workload="lstm"), []),
        (Wanted(arm=ARMS[1], most=1), [other]),
        (Wanted(versions={"pytorch": "2.13.0"}), [first]),
        (Wanted(versions={"pytorch": "2.14.0", "tensorflow": "2.21.0"}), []),
        (Wanted(fingerprint=fingerprints[1]), [other]),
        (Wanted(effort="quick", origin="here", states=("finished",)), [other, first]),
        (Wanted(states=("running", "interrupted")), []),
        (Wanted(origin="elsewhere"), []),
    ):
        assert [run.id for run in store.runs(wanted)] == ids, wanted


def test_a_run_tells_what_it_is_without_its_document(store: Store) -> None:
    store.keep(measured())
    (run,) = store.runs()
    assert run.versions == {"pytorch": "2.13.0", "tensorflow": "2.21.0"}
    assert run.interpreters == {"pytorch": "/opt/python", "tensorflow": "/opt/python"}
    assert (run.workloads, run.arms) == (("matmul",), ARMS)
    assert (run.effort, run.threads, run.device, run.quiet) == ("quick", 2, "cpu", True)
    assert run.machine["processor"] == "Made-up CPU" and run.here


def test_measurements_come_newest_first(store: Store) -> None:
    old = store.keep(measured(created="2027-01-01T00:00:00Z"))
    new = store.keep(measured())
    assert [one.run for one in store.measurements("matmul")] == [new, new, old, old]
    assert [one.run for one in store.measurements(arm=ARMS[0], most=1)] == [new]
    assert store.measurements("lstm") == []
    assert store.measurements("matmul")[0].median == pytest.approx(1.0, rel=0.01)


def test_a_run_is_meant_by_id_by_its_beginning_or_by_its_place(store: Store) -> None:
    ids = [store.keep(measured()) for _ in range(12)]
    for reference, run in (
        (ids[2], ids[2]),
        (ids[2].upper(), ids[2]),
        ("r1", ids[0]),
        ("r12", ids[11]),
        (ids[10][:5], ids[10]),
        ("last", ids[11]),
        ("last~0", ids[11]),
        (" last~3 ", ids[8]),
    ):
        assert store.read(reference).run.id == run, reference


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("r", "several runs begin so"),
        ("r99", "no such run (newest: r3-"),
        ("", "no such run"),
        ("last~3", "3 runs of this machine kept"),
        ("last~999999999", "no such run"),
        ("r1-%", "no such run"),
        ("\x1b[31mred", "'red': no such run"),
    ],
)
def test_what_is_not_one_run_is_refused_in_words(store: Store, reference: str, words: str) -> None:
    for _ in range(3):
        store.keep(measured())
    with pytest.raises(RunReferenceError) as caught:
        store.read(reference)
    assert words in str(caught.value) and str(caught.value).isprintable()
    assert caught.value.reason == "no-such-run"


def test_last_is_neither_running_nor_from_elsewhere(store: Store) -> None:
    with pytest.raises(RunReferenceError, match="0 runs"):
        store.read("last")
    run = store.keep(measured())
    going_on = store.begin(measured())
    assert store.read("last").run.id == run
    store.finish(going_on, measured())
    assert store.read("last").run.id == going_on


def test_a_deleted_run_is_gone_and_its_number_never_comes_back(store: Store) -> None:
    first, second = store.keep(measured()), store.keep(measured())
    assert store.delete(second).id == second
    assert [run.id for run in store.runs()] == [first]
    assert len(store.measurements()) == len(ARMS)
    assert store.keep(measured()).startswith("r3-")
    with pytest.raises(RunReferenceError):
        store.delete(second)


def test_a_run_that_is_being_measured_is_not_deleted(store: Store) -> None:
    run = store.begin(measured())
    with pytest.raises(StoreError) as caught:
        store.delete(run)
    assert caught.value.reason == "measuring"
    assert len(store.runs()) == 1


def test_what_is_finished_is_kept_even_if_its_run_is_gone(store: Store, path: Path) -> None:
    run = store.begin(measured())
    for file in path.parent.iterdir():
        file.unlink()
    store.finish(run, measured())
    assert store.read(run).document == measured()


def test_a_clock_that_is_set_back_changes_neither_ids_nor_order(path: Path) -> None:
    times = iter([2000.0, 1000.0, 1000.0, 5.0, 5.0, 5.0, 5.0])
    store = open_store(path, clock=lambda: next(times, 5.0))
    ids = [
        store.keep(measured(created=created))
        for created in ("2027-01-01T00:00:00Z", "2026-11-20T10:00:00Z", "1970-01-01T00:00:05Z")
    ]
    assert [one.partition("-")[0] for one in ids] == ["r1", "r2", "r3"]
    assert [run.id for run in store.runs()] == ids[::-1]
    assert store.read("last").run.id == ids[2]


def test_reading_makes_no_file(store: Store, path: Path) -> None:
    assert store.runs() == [] and store.measurements() == []
    assert not path.parent.exists()


def test_a_large_document_is_compressed_and_comes_back(store: Store, path: Path) -> None:
    document = large("x")
    run = store.keep(document)
    assert store.read(run).document == document
    assert store.runs()[0].size > 250_000
    words = measured(tool_version="long " * 100_000)
    store.keep(words)
    assert store.read("last").document == words
    assert path.stat().st_size < 450_000


def test_a_field_of_a_newer_version_survives(store: Store) -> None:
    raw = msgspec.json.encode(msgspec.to_builtins(measured()) | {"from_the_future": [1, {}]})
    from probes.store import Foreign

    taken = store.take([Foreign(raw, decode(raw, "it"), "bundle")])
    assert store.read(taken.ids[0]).raw == raw


def test_numbers_and_texts_beyond_all_measure_are_kept(store: Store) -> None:
    document = measured(
        created="x" * 5000,
        tool_version="\x00\x1b[31m",
        frameworks={"\u202e" * 300: framework("v" * 10**5)},
        plan={"threads": 2**70},
    )
    store.keep(document)
    (run,) = store.runs()
    assert run.threads is None and len(run.created) < 200
    assert store.read("last").document.created == "x" * 5000


def test_text_that_is_no_unicode_is_an_error_of_the_store(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.keep(measured(tool_version="\ud800"))
    assert caught.value.reason == "unreadable"


@given(raw=st.binary(max_size=200) | st.binary(max_size=50).map(lambda one: one * 500))
def test_packing_loses_nothing(raw: bytes) -> None:
    packed = pack(raw)
    assert unpack(packed, "it") == raw
    assert packed.size == len(raw) and len(packed.content) <= len(raw)


def test_a_content_that_was_changed_is_not_read(store: Store, path: Path) -> None:
    run = store.keep(large("x"))
    for content in (b"", zlib.compress(b"{}"), zlib.compress(b" " * 60_000_000)):
        store.database.write(
            lambda one, to=content: one.execute("UPDATE documents SET content = ?", (to,))
        )
        with pytest.raises(StoreError) as caught:
            store.read(run)
        assert caught.value.reason == "unreadable" and run in str(caught.value)
    assert len(store.runs()) == 1


def test_a_workload_is_found_however_many_runs_of_others_came_since(store: Store) -> None:
    first = store.keep(measured())
    lstm = measured()
    case = structs.replace(lstm.benchmarks.workloads["matmul-gemm-24"], workload="lstm")
    lstm = structs.replace(
        lstm, benchmarks=structs.replace(lstm.benchmarks, workloads={"lstm-small": case})
    )
    others = [store.keep(lstm) for _ in range(4)]
    store.keep(ProbeDocument(tool_version="0", created="2026-11-20T10:00:00Z"))
    assert store.newest_measured(2) == [others[3], others[2], first]
    assert store.newest_measured(0) == [others[3], first]


def test_a_run_that_was_stopped_in_its_first_block_has_measured_nothing(store: Store) -> None:
    whole, stopped = store.keep(measured()), measured()
    gated = {arm: cell(arm, ()) for arm in ARMS}
    case = structs.replace(stopped.benchmarks.workloads[CASE.id], arms=gated, pairs=[])
    benchmarks = structs.replace(stopped.benchmarks, workloads={CASE.id: case})
    kept = [store.keep(interrupted(structs.replace(stopped, benchmarks=benchmarks))) for _ in "ab"]
    assert [run.id for run in store.runs()] == [*kept[::-1], whole]
    assert store.newest_measured(40) == store.newest_measured(0) == [whole]
