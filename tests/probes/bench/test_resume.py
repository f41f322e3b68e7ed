"""A run that was ended goes on where it stood, and nothing finished is measured again or lost."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from msgspec import json as msgspec_json

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import BlockConditions
from probes.bench.events import Progress
from tests.probes.bench.plans import BLOCK, GEMM, tiny_plan

pytestmark = pytest.mark.usefixtures("children_on_path", "no_process_left")
WORKER = "misbehaving_worker"
PLAN = tiny_plan(arms=["pytorch/eager", "tensorflow/function"], blocks=3)


def ended_after(blocks: int, monkeypatch: pytest.MonkeyPatch, **orders: Any) -> BenchmarkRun:
    """Return a run that was stopped when so many blocks were finished, as it is kept in a file."""
    monkeypatch.setenv("FAKE_WORKER", json.dumps(orders))
    stop = threading.Event()

    def on_block(run: BenchmarkRun) -> None:
        if len(run.environment.blocks) == blocks:
            stop.set()

    run = run_plan(PLAN, worker=WORKER, on_block=on_block, cancel=stop)
    return msgspec_json.decode(msgspec_json.encode(run), type=BenchmarkRun)


def test_finished_blocks_count_and_only_the_rest_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half = ended_after(2, monkeypatch)
    assert half.benchmarks.interrupted
    assert half.benchmarks.workloads[GEMM.id].arms["pytorch/eager"].blocks == [1, 2]
    seen: list[Progress] = []
    whole = run_plan(PLAN, worker=WORKER, previous=half, on_progress=seen.append)
    assert not whole.benchmarks.interrupted
    for workload in whole.benchmarks.workloads.values():
        for cell in workload.arms.values():
            assert cell.blocks == [1, 2, 3]
            assert cell.equality is not None and cell.first_call_seconds == 0.1
    assert {one.block for one in seen if one.phase == "measuring"} == {3}
    assert not [one for one in seen if one.phase == "equality"]
    assert whole.aa is not None and whole.aa.cases[GEMM.id].cell.blocks == [1, 2, 3]


def test_what_was_found_before_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    half = ended_after(1, monkeypatch)
    whole = run_plan(PLAN, worker=WORKER, previous=half)
    for case in (GEMM.id, BLOCK.id):
        before = half.benchmarks.workloads[case].arms["tensorflow/function"]
        after = whole.benchmarks.workloads[case].arms["tensorflow/function"]
        assert after.samples[0] == before.samples[0]
        assert after.warm_up == before.warm_up


def test_a_failure_of_before_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = {"do": "failed", "mode": "gate", "case": GEMM.id, "reason": "no compiler"}
    half = ended_after(1, monkeypatch, **{"tensorflow/function": failed})
    monkeypatch.setenv("FAKE_WORKER", "{}")
    whole = run_plan(PLAN, worker=WORKER, previous=half)
    cell = whole.benchmarks.workloads[GEMM.id].arms["tensorflow/function"]
    assert (cell.status, cell.reason) == ("failed", "no compiler")


def test_another_version_than_before_is_not_mixed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    half = ended_after(1, monkeypatch)
    half.environment.versions["pytorch"] = "9.9"
    whole = run_plan(PLAN, worker=WORKER, previous=half)
    cell = whole.benchmarks.workloads[GEMM.id].arms["pytorch/eager"]
    assert cell.status == "failed"
    assert "9.9 was measured before, now it is 0.0" in cell.reason
    assert cell.blocks == [1]


def test_a_disturbed_block_is_measured_again_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from probes.bench import controller

    def conditions(block: int, *_: Any) -> BlockConditions:
        foreign = 0.4 if block == 2 else 0.0
        return BlockConditions(block=block, seconds=1.0, foreign_share=foreign)

    monkeypatch.setattr(controller, "conditions_between", conditions)
    monkeypatch.setenv("FAKE_WORKER", "{}")
    plan = tiny_plan(arms=["pytorch/eager"], cases=[GEMM], blocks=6)
    run = run_plan(plan, worker=WORKER)
    cell = run.benchmarks.workloads[GEMM.id].arms["pytorch/eager"]
    assert cell.blocks == [1, 2, 3, 4, 5, 6, 7]
    assert [one.block for one in run.environment.blocks if one.dirty] == [2]


def test_a_machine_that_is_never_quiet_does_not_measure_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from probes.bench import controller

    monkeypatch.setattr(
        controller,
        "conditions_between",
        lambda block, *_: BlockConditions(block=block, seconds=1.0, steal_share=0.5),
    )
    monkeypatch.setenv("FAKE_WORKER", "{}")
    run = run_plan(tiny_plan(arms=["pytorch/eager"], cases=[GEMM], blocks=6), worker=WORKER)
    cell = run.benchmarks.workloads[GEMM.id].arms["pytorch/eager"]
    assert len(cell.blocks) == 9
    assert cell.median_seconds is not None
