"""How long a run still takes: from the plan, then from the processes that ended."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from probes.bench import announcer as announcer_module
from probes.bench.announcer import Announcer
from probes.bench.estimate import Clock, estimate_seconds, gate_seconds, process_seconds
from probes.bench.events import Progress
from probes.bench.order import slots
from tests.probes.bench.plans import BLOCK, GEMM, tiny_plan

PLAN = tiny_plan(blocks=6)
EVERYTHING = {arm: [GEMM.id, BLOCK.id] for arm in PLAN.arms}


def test_gates_and_blocks_together_are_what_was_promised_but_for_the_inputs() -> None:
    one = Announcer(PLAN, lambda progress: None)
    left = one.gates_left(EVERYTHING, PLAN.blocks)
    assert one.estimate == estimate_seconds(PLAN)
    assert 0 < one.estimate - left < 10


def test_a_gate_less_is_its_time_less_and_so_is_a_block() -> None:
    one = Announcer(PLAN, lambda progress: None)
    everything = one.gates_left(EVERYTHING, 6)
    rest = {arm: cases for arm, cases in EVERYTHING.items() if arm != "pytorch/compile"}
    assert everything - one.gates_left(rest, 6) == pytest.approx(
        gate_seconds(PLAN, "pytorch/compile")
    )
    block = sum(process_seconds(PLAN, slot) for slot in slots(PLAN))
    assert everything - one.gates_left(EVERYTHING, 2) == pytest.approx(4 * block)


def test_a_gate_of_fewer_cases_takes_less() -> None:
    one = Announcer(PLAN, lambda progress: None)
    fewer = EVERYTHING | {"jax/jit": [GEMM.id]}
    more = EVERYTHING | {"jax/jit": [GEMM.id, BLOCK.id]}
    assert one.gates_left(EVERYTHING, 0) < one.gates_left(fewer, 0) < one.gates_left(more, 0)


def test_what_is_left_of_a_block_is_the_rest_of_it_and_the_blocks_behind() -> None:
    one = Announcer(PLAN, lambda progress: None)
    everyone = slots(PLAN)
    for number, slot in enumerate(everyone):
        one.learn(slot, 10.0 + number)
    assert one.blocks_left(0, everyone[-2:], everyone) == pytest.approx(14 + 15)
    assert one.blocks_left(2, everyone[-1:], everyone) == pytest.approx(2 * 75 + 15)
    # The last block of all is no reason to count one backwards.
    assert one.blocks_left(-1, everyone[-1:], everyone) == pytest.approx(15)


def test_a_clock_believes_processes_more_than_the_plan_and_the_last_one_most() -> None:
    clock = Clock(PLAN)
    assert clock.expected("pytorch/eager") == process_seconds(PLAN, "pytorch/eager")
    clock.learn("pytorch/eager", 8.0)
    assert clock.expected("pytorch/eager") == 8.0
    clock.learn("pytorch/eager", 4.0)
    clock.learn("pytorch/eager", 2.0)
    assert clock.expected("pytorch/eager") == 4.0
    assert clock.expected("pytorch/compile") == process_seconds(PLAN, "pytorch/compile")


def test_progress_is_the_share_of_time_that_has_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(announcer_module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    seen: list[Progress] = []
    one = Announcer(PLAN, seen.append)
    for passed, left in ((0.0, 60.0), (20.0, 60.0), (90.0, 10.0), (120.0, -5.0)):
        now[0] = 100.0 + passed
        one.tell("measuring", "a case", left, 2, "pytorch/eager")
    assert [progress.done for progress in seen] == pytest.approx([0.0, 0.25, 0.9, 1.0])
    assert [progress.seconds_left for progress in seen] == [60.0, 60.0, 10.0, 0.0]
