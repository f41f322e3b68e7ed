"""Which blocks are measured: again after a disturbance, never for ever, and within a budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from probes.bench import controller
from probes.bench.announcer import Announcer
from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import is_busy, run_plan
from probes.bench.document import BlockConditions
from tests.probes.bench.plans import GEMM, tiny_plan
from tests.probes.bench.stand_in import WORKER, cell, kept, told

pytestmark = pytest.mark.usefixtures("children_on_path", "no_process_left")
PLAN = tiny_plan(arms=["pytorch/eager"], cases=[GEMM], blocks=6)


def quiet_but_in(*blocks: int) -> Callable[..., BlockConditions]:
    def conditions(block: int, *_: Any) -> BlockConditions:
        foreign = 0.4 if block in blocks else 0.0
        return BlockConditions(block=block, seconds=1.0, foreign_share=foreign)

    return conditions


def measured(
    monkeypatch: pytest.MonkeyPatch, conditions: Callable[..., BlockConditions], **changes: Any
) -> BenchmarkRun:
    told(monkeypatch)
    monkeypatch.setattr(controller, "conditions_between", conditions)
    return run_plan(structs.replace(PLAN, **changes), worker=WORKER)


def test_a_disturbed_block_is_measured_again_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    run = measured(monkeypatch, quiet_but_in(2))
    assert cell(run, GEMM.id, "pytorch/eager").blocks == [1, 2, 3, 4, 5, 6, 7]
    assert [one.block for one in run.environment.blocks if one.dirty] == [2]


def test_a_machine_that_is_never_quiet_does_not_measure_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = measured(monkeypatch, quiet_but_in(*range(100)))
    found = cell(run, GEMM.id, "pytorch/eager")
    assert len(found.blocks) == 9
    assert found.median_seconds is not None


@pytest.mark.parametrize(("budget", "blocks"), [(1.0, 6), (3600.0, 8), (None, 8)])
def test_a_block_is_measured_again_only_if_the_budget_has_time_for_it(
    budget: float | None, blocks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A budget that is too small leaves out what comes on top, never a block that was planned.
    run = measured(monkeypatch, quiet_but_in(2, 3), budget_seconds=budget)
    assert len(cell(run, GEMM.id, "pytorch/eager").blocks) == blocks
    assert not run.benchmarks.interrupted


def test_the_time_before_an_interruption_counts_against_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[BenchmarkRun] = []
    told(monkeypatch)
    monkeypatch.setattr(controller, "conditions_between", quiet_but_in(2, 3))
    plan = structs.replace(PLAN, budget_seconds=3600.0)
    run_plan(plan, worker=WORKER, on_checkpoint=lambda run: found.append(kept(run)))
    half = next(run for run in found if len(run.environment.blocks) == 5)
    long = structs.replace(half, benchmarks=structs.replace(half.benchmarks, seconds=3599.9))
    assert len(cell(again(plan, half), GEMM.id, "pytorch/eager").blocks) == 8
    assert len(cell(again(plan, long), GEMM.id, "pytorch/eager").blocks) == 6


def again(plan: Any, half: BenchmarkRun) -> BenchmarkRun:
    return run_plan(plan, worker=WORKER, previous=half)


def test_the_budget_holds_for_the_end_of_the_next_block_not_for_its_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Every process is taken to need a thousand seconds: the planned ones were quicker.
    monkeypatch.setattr(Announcer, "blocks_left", lambda *_: 1000.0)
    run = measured(monkeypatch, quiet_but_in(2), budget_seconds=900.0)
    assert len(cell(run, GEMM.id, "pytorch/eager").blocks) == 6


@pytest.mark.parametrize(
    ("looks", "busy"),
    [
        ([False, False], False),
        ([True, True], True),
        ([True, False, False], False),
        ([False, True, False], False),
        ([True, False, True], True),
        ([False, True, True], True),
    ],
)
def test_what_runs_for_a_moment_does_not_make_a_machine_busy(
    looks: list[bool], busy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = list(looks)

    def conditions(block: int, *_: Any) -> BlockConditions:
        return BlockConditions(block=block, seconds=0.5, foreign_share=0.5 * left.pop(0))

    monkeypatch.setattr(controller, "conditions_between", conditions)
    monkeypatch.setattr(controller, "_LOOK_SECONDS", 0.0)
    assert is_busy() is busy
    assert not left
