"""A run that was ended goes on where it stood, and nothing finished is measured again or lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from msgspec import structs

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import Cell, Plan
from probes.bench.events import Progress
from tests.probes.bench.plans import (
    BLOCK,
    COLD,
    COMPILE_BLOCK,
    COMPILE_DECODE,
    DECODE,
    GEMM,
    SERVE,
    tiny_plan,
)
from tests.probes.bench.stand_in import WORKER, cell, kept, told

pytestmark = pytest.mark.usefixtures("children_on_path", "no_process_left")
PLAN = tiny_plan(arms=["pytorch/eager", "tensorflow/function"], blocks=3)


def ended_after(
    blocks: int, monkeypatch: pytest.MonkeyPatch, plan: Plan = PLAN, **orders: Any
) -> BenchmarkRun:
    """Return a run that was stopped when so many blocks were finished, as it is kept in a file."""
    told(monkeypatch, orders)
    stop = threading.Event()

    def on_checkpoint(run: BenchmarkRun) -> None:
        if len(run.environment.blocks) == blocks:
            stop.set()

    return kept(run_plan(plan, worker=WORKER, on_checkpoint=on_checkpoint, cancel=stop))


def changed(run: BenchmarkRun, **changes: Any) -> BenchmarkRun:
    """Return a run in whose cells something is as no stand-in would say it."""

    def of(one: Cell) -> Cell:
        slower = [[2.0 * seconds for seconds in samples] for samples in one.samples]
        return structs.replace(one, samples=slower, **changes)

    workloads = {
        name: structs.replace(one, arms={arm: of(cell) for arm, cell in one.arms.items()})
        for name, one in run.benchmarks.workloads.items()
    }
    return structs.replace(run, benchmarks=structs.replace(run.benchmarks, workloads=workloads))


def gated(seen: list[Progress]) -> set[tuple[str | None, str | None]]:
    return {(one.arm, one.case) for one in seen if one.phase == "equality" and one.case}


def test_finished_blocks_count_and_only_the_rest_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half = ended_after(2, monkeypatch)
    assert half.benchmarks.interrupted
    assert cell(half, GEMM.id, "pytorch/eager").blocks == [1, 2]
    seen: list[Progress] = []
    whole = run_plan(PLAN, worker=WORKER, previous=half, on_progress=seen.append)
    assert not whole.benchmarks.interrupted
    for workload in whole.benchmarks.workloads.values():
        assert all(one.blocks == [1, 2, 3] for one in workload.arms.values())
    assert {one.block for one in seen if one.phase == "measuring"} == {3}
    assert whole.aa is not None and whole.aa.cases[GEMM.id].cell.blocks == [1, 2, 3]


def test_what_was_found_before_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    # Other figures than those of the stand-in: measured anew, they would be its own again.
    half = changed(
        ended_after(1, monkeypatch),
        first_call_seconds=7.5,
        second_call_seconds=2.5,
        warm_up=[3.0, 2.0],
        flags=["unsettled in block 1", "ran with 5 threads, 1 were planned"],
    )
    whole = run_plan(PLAN, worker=WORKER, previous=half)
    for case in (GEMM.id, BLOCK.id):
        for arm in PLAN.arms:
            before, after = cell(half, case, arm), cell(whole, case, arm)
            assert after.samples == [[2.0e-3] * 3, [1.0e-3] * 3, [1.0e-3] * 3]
            assert after.samples[:1] == before.samples
            assert (after.first_call_seconds, after.second_call_seconds) == (7.5, 2.5)
            assert (after.warm_up, after.flags) == (before.warm_up, before.flags)


def test_arms_that_compile_fill_their_caches_again(monkeypatch: pytest.MonkeyPatch) -> None:
    # The folder of before is gone: the next block would measure one cold process among warm ones.
    half = ended_after(2, monkeypatch)
    seen: list[Progress] = []
    run_plan(PLAN, worker=WORKER, previous=half, on_progress=seen.append)
    assert gated(seen) == {("tensorflow/function", case) for case in (GEMM.id, BLOCK.id)}
    phases = [one.phase for one in seen]
    assert phases.index("equality") < phases.index("measuring")


def test_so_does_what_is_exported_or_is_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cases = [GEMM, SERVE, DECODE, COLD, COMPILE_BLOCK, COMPILE_DECODE]
    plan = tiny_plan(arms=["pytorch/eager"], cases=cases, copy_of=None, blocks=2)
    half = ended_after(1, monkeypatch, plan)
    seen: list[Progress] = []
    run_plan(plan, worker=WORKER, previous=half, on_progress=seen.append)
    # Not what has caches of its own, empty ones, in every process.
    again = {SERVE.id, DECODE.id, COLD.id, COMPILE_BLOCK.id}
    assert gated(seen) == {("pytorch/eager", case) for case in again}


def test_a_gate_that_is_no_longer_passed_is_a_failure_and_keeps_its_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half = ended_after(2, monkeypatch)
    broken = {"do": "failed", "mode": "gate", "case": GEMM.id, "reason": "no compiler"}
    told(monkeypatch, {"tensorflow/function": broken})
    whole = run_plan(PLAN, worker=WORKER, previous=half)
    lost = cell(whole, GEMM.id, "tensorflow/function")
    assert (lost.status, lost.reason) == ("failed", "when the run was continued: no compiler")
    assert lost.blocks == [1, 2] and lost.first_call_seconds == 0.1
    assert cell(whole, BLOCK.id, "tensorflow/function").blocks == [1, 2, 3]


def test_what_no_longer_agrees_with_the_reference_is_not_comparable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half = ended_after(2, monkeypatch)
    differs = {"status": "not-comparable", "reason": "differs"}
    order = {"do": "answer", "mode": "gate", "case": GEMM.id, "replaced": differs}
    told(monkeypatch, {"tensorflow/function": order})
    lost = cell(run_plan(PLAN, worker=WORKER, previous=half), GEMM.id, "tensorflow/function")
    assert lost.status == "not-comparable"
    assert lost.reason == "when the run was continued: differs"


def test_a_failure_of_the_copy_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    half = ended_after(2, monkeypatch)
    assert half.aa is not None
    lost = structs.replace(half.aa.cases[GEMM.id].cell, status="crashed", reason="in block 2: gone")
    half.aa.cases[GEMM.id] = structs.replace(half.aa.cases[GEMM.id], cell=lost)
    seen: list[Progress] = []
    whole = run_plan(PLAN, worker=WORKER, previous=half, on_progress=seen.append)
    assert whole.aa is not None
    after = whole.aa.cases[GEMM.id].cell
    assert (after.status, after.reason, after.blocks) == ("crashed", "in block 2: gone", [1, 2])
    assert whole.aa.cases[BLOCK.id].cell.blocks == [1, 2, 3]
    assert not [one for one in seen if (one.arm, one.case) == ("pytorch/eager#copy", GEMM.id)]
    assert cell(whole, GEMM.id, "pytorch/eager").blocks == [1, 2, 3]


def test_what_a_gate_finds_is_known_before_anything_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failed = {"do": "failed", "mode": "gate", "case": GEMM.id, "reason": "no compiler"}
    told(monkeypatch, {"tensorflow/function": failed})
    seen: list[str] = []

    def on_checkpoint(run: BenchmarkRun) -> None:
        found = run.benchmarks.workloads[GEMM.id].arms.get("tensorflow/function")
        seen.append(f"{len(run.environment.blocks)} {found.status if found else 'unknown'}")

    run_plan(
        PLAN,
        worker=WORKER,
        on_checkpoint=on_checkpoint,
        on_progress=lambda progress: seen.append(progress.phase),
    )
    assert seen.index("0 failed") < seen.index("measuring")


def test_a_run_that_ended_between_the_gates_goes_on_with_those_that_are_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half = ended_after(0, monkeypatch)
    assert not half.environment.blocks
    assert "tensorflow/function" not in half.benchmarks.workloads[GEMM.id].arms
    seen: list[Progress] = []
    whole = run_plan(PLAN, worker=WORKER, previous=half, on_progress=seen.append)
    assert not whole.benchmarks.interrupted
    assert {arm for arm, _ in gated(seen)} == {"tensorflow/function"}
    assert cell(whole, GEMM.id, "tensorflow/function").blocks == [1, 2, 3]


def test_a_failure_of_before_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = {"do": "failed", "mode": "gate", "case": GEMM.id, "reason": "no compiler"}
    half = ended_after(1, monkeypatch, **{"tensorflow/function": failed})
    told(monkeypatch)
    whole = run_plan(PLAN, worker=WORKER, previous=half)
    lost = cell(whole, GEMM.id, "tensorflow/function")
    assert (lost.status, lost.reason) == ("failed", "no compiler")


def test_another_version_than_before_is_not_mixed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    half = ended_after(1, monkeypatch)
    half.environment.versions["pytorch"] = "9.9"
    lost = cell(run_plan(PLAN, worker=WORKER, previous=half), GEMM.id, "pytorch/eager")
    assert lost.status == "failed"
    assert "9.9 was measured before, now it is 0.0" in lost.reason
    assert lost.blocks == [1]


def test_less_is_left_of_a_run_that_is_continued(monkeypatch: pytest.MonkeyPatch) -> None:
    def left(previous: BenchmarkRun | None) -> float:
        seen: list[Progress] = []
        stop = threading.Event()
        stop.set()
        run_plan(PLAN, worker=WORKER, previous=previous, on_progress=seen.append, cancel=stop)
        return seen[0].seconds_left or 0.0

    half = ended_after(2, monkeypatch)
    assert 0 < left(half) < 0.7 * left(None)
