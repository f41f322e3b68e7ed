"""What a worker says may be garbage: the case it spoke of fails with what was missing, no other."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from probes.bench.case_results import Measured
from probes.bench.controller import run_plan
from probes.bench.events import Progress
from probes.bench.reports import WorkerReport, read_report
from probes.processes import ChildResult
from tests.probes.bench.plans import BLOCK, GEMM
from tests.probes.bench.stand_in import (
    WORKER,
    assert_lost_in_block_3,
    cell,
    run,
    three_blocks,
    told,
)

on_path = pytest.mark.usefixtures("children_on_path", "no_process_left")
IMPORTED = {"event": "imported", "seconds": 0.1, "version": "2.0", "threads": 1}
GOOD: dict[str, Any] = {
    "event": "case",
    "case": "a",
    "status": "ok",
    "equality": {"passed": True, "relative_l2": 1e-7, "tolerance": 1e-5},
    "samples": [1e-3, 2e-3],
    "loops": 4,
    "warm_up": [0.1],
    "settled": True,
}


def report(*lines: dict[str, Any], mode: str = "measure", **result: Any) -> WorkerReport:
    result = {"outcome": "finished"} | result
    return read_report("pytorch", ["a", "b"], ChildResult(lines=list(lines), **result), mode)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"samples": None}, "`$.samples`"),
        ({"samples": []}, "`$.samples`"),
        ({"samples": ["fast"]}, "Expected `float`, got `str`"),
        ({"samples": [0.0]}, "`float` > 0.0"),
        ({"samples": [math.inf]}, "not finite"),
        ({"loops": 0}, "`$.loops`"),
        ({"loops": "many"}, "`$.loops`"),
        ({"warm_up": 3}, "`$.warm_up`"),
        ({"warm_up": [math.inf]}, "not finite"),
        ({"settled": None}, "`$.settled`"),
        ({"equality": {"passed": True}}, "`tolerance`"),
        ({"equality": "yes"}, "`$.equality`"),
        ({"peak_memory_bytes": 10**400}, "`$.peak_memory_bytes`"),
        ({"recompiles": -1}, "`$.recompiles`"),
        ({"figures": {"start-up": 1.0}}, "`$.figures"),
        ({"figures": {"start-up": [math.nan, "s"]}}, "not finite"),
        ({"first_call_seconds": [1.0]}, "`$.first_call_seconds`"),
        ({"status": "not-comparable", "equality": None}, "`$.equality`"),
    ],
)
def test_an_answer_that_lacks_something_is_a_failed_case_that_says_what(
    change: dict[str, Any], words: str
) -> None:
    found = report(IMPORTED, GOOD | change, GOOD | {"case": "b"})
    assert found.failures["a"].status == "failed"
    assert words in found.failures["a"].reason
    assert isinstance(found.results["b"], Measured)


@pytest.mark.parametrize("name", ["samples", "loops", "warm_up", "settled", "equality"])
def test_what_is_left_out_is_named(name: str) -> None:
    less = {key: value for key, value in GOOD.items() if key != name}
    found = report(IMPORTED, less, GOOD | {"case": "b"})
    assert f"missing required field `{name}`" in found.failures["a"].reason
    assert not found.not_reached and set(found.results) == {"b"}


def test_a_gate_needs_no_samples() -> None:
    gate = {name: GOOD[name] for name in ("event", "case", "status", "equality")}
    found = report(IMPORTED, gate, gate | {"case": "b"}, mode="gate")
    assert set(found.results) == {"a", "b"} and not found.failures


@pytest.mark.parametrize(
    "change", [{"version": None}, {"version": 2}, {"threads": "all"}, {"runs_on": ["tensorflow"]}]
)
def test_without_a_usable_version_nothing_of_the_process_counts(change: dict[str, Any]) -> None:
    found = report(IMPORTED | change, GOOD, GOOD | {"case": "b"})
    assert set(found.failures) == {"a", "b"} and not found.results
    assert all("`$." in one.reason for one in found.failures.values())


def test_a_result_of_a_case_that_nobody_asked_for_is_named() -> None:
    found = report(IMPORTED, GOOD | {"case": "c"}, GOOD | {"case": ["b"]}, GOOD)
    assert found.failures["b"].status == "failed"
    assert "['b'], which was not asked for" in found.failures["b"].reason
    assert set(found.results) == {"a"}


def test_the_first_word_on_a_case_is_the_last_one() -> None:
    failed = {"event": "case", "case": "a", "status": "failed", "reason": "no"}
    found = report(IMPORTED, GOOD, failed, failed | {"case": "b"}, GOOD | {"case": "b"})
    assert set(found.results) == {"a"} and set(found.failures) == {"b"}


KINDS = ["bytes", "half a line", "half a line, glued", "a list", "deep", "megabytes"]


@on_path
@pytest.mark.parametrize(
    ("order", "words"),
    [
        *(({"do": "garbage", "kind": kind}, "without a result; instead: ") for kind in KINDS),
        ({"do": "garbage", "kind": "cut"}, "crashed (signal 9)"),
        ({"do": "answer", "left": ["samples"]}, "missing required field `samples`"),
        ({"do": "answer", "replaced": {"samples": [math.nan]}}, "NaN"),
        ({"do": "answer", "replaced": {"case": "nobody"}}, "'nobody', which was not asked for"),
    ],
)
def test_garbage_half_way_costs_one_case_of_one_arm(
    order: dict[str, Any], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = {"case": GEMM.id, "mode": "measure", "after": 2, "file": str(tmp_path / "processes")}
    told(monkeypatch, {"pytorch/compile": order | counted})
    result = run_plan(three_blocks(), worker=WORKER)
    status = "crashed" if "signal" in words else "failed"
    assert_lost_in_block_3(result, GEMM.id, status, words)


@on_path
def test_progress_names_no_case_that_nobody_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    strange = [{"event": "case-started", "case": name} for name in ("nobody", ["a"], None)]
    orders = {"pytorch/compile": {"do": "answer", "mode": "gate", "says": strange}}
    seen: list[Progress] = []
    run(monkeypatch, orders, plan={"blocks": 1}, on_progress=seen.append)
    assert {one.case for one in seen} == {None, GEMM.id, BLOCK.id}


@on_path
def test_other_threads_than_planned_are_said_in_the_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = {"do": "imported", "replaced": {"threads": 5}}
    result = run(monkeypatch, {"tensorflow/function": order})
    for case in (GEMM.id, BLOCK.id):
        flags = cell(result, case, "tensorflow/function").flags
        assert flags == ["ran with 5 threads, 1 were planned"]
        assert cell(result, case, "pytorch/compile").flags == []
