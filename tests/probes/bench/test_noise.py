"""What else the machine did meanwhile: read from a made-up machine, and told of every block."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from probes.bench import controller
from probes.bench.conditions import Snapshot, conditions_between, take_snapshot
from probes.bench.controller import run_plan
from probes.bench.document import BlockConditions, Cell
from probes.bench.ledger import Ledger
from probes.bench.reports import WorkerReport, read_report
from probes.bench.worker_environment import worker_environment
from probes.processes import ChildResult
from tests.probes.bench.cells import PE, analysed
from tests.probes.bench.plans import GEMM, tiny_plan
from tests.probes.fake_machine import FakeMachine

TICKS = os.sysconf("SC_CLK_TCK")
# user nice system idle iowait irq softirq steal guest guest_nice (proc(5)); no two sums are equal.
BEFORE = [100, 20, 30, 4000, 500, 6, 7, 80, 9, 10]
AFTER = [1100, 22, 130, 7000, 1500, 26, 37, 580, 209, 310]
BUSY = (1000 + 2 + 100 + 20 + 30) / TICKS
STEAL = 500 / TICKS
WHOLE = BUSY + STEAL + (3000 + 1000) / TICKS


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    return FakeMachine(tmp_path / "machine")


def with_ticks(machine: FakeMachine, ticks: list[int]) -> Path:
    line = "cpu  " + " ".join(map(str, ticks))
    machine.file("/proc/stat", f"{line}\ncpu0 1 1 1 1 1 1 1 1 1 1\nctxt 12345\n")
    return machine.root


def between(machine: FakeMachine, own: float = 0.0) -> BlockConditions:
    """Return the conditions of a block in which this program used so much processor time."""
    before = replace(take_snapshot(with_ticks(machine, BEFORE)), time=0.0, own=1.0)
    after = replace(take_snapshot(with_ticks(machine, AFTER)), time=9.0, own=1.0 + own)
    return conditions_between(3, before, after)


def test_times_of_the_machine_come_from_their_columns(machine: FakeMachine) -> None:
    found = take_snapshot(with_ticks(machine, BEFORE))
    # Guests are counted among user and nice already.
    assert found.busy == pytest.approx((100 + 20 + 30 + 6 + 7) / TICKS)
    assert found.steal == pytest.approx(80 / TICKS)
    assert found.total == pytest.approx((100 + 20 + 30 + 6 + 7 + 4000 + 500 + 80) / TICKS)


def test_a_block_tells_which_share_others_and_the_hypervisor_took(machine: FakeMachine) -> None:
    found = between(machine)
    assert (found.block, found.seconds) == (3, 9.0)
    assert found.steal_share == pytest.approx(STEAL / WHOLE, abs=1e-4)
    assert found.foreign_share == pytest.approx(BUSY / WHOLE, abs=1e-4)


def test_what_the_measurement_itself_used_is_nobody_elses(machine: FakeMachine) -> None:
    found = between(machine, own=0.75 * BUSY)
    assert found.foreign_share == pytest.approx(0.25 * BUSY / WHOLE, abs=1e-4)
    assert between(machine, own=BUSY).foreign_share == pytest.approx(0.0, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "cpu  1 2 3 4 5 6 7\n",  # an old kernel, without steal
        "cpu0 1 2 3 4 5 6 7 8 9 10\n",
        "cpu  1 2 3 four 5 6 7 8 9 10\n",
        "cpu  1 2 3 -4 5 6 7 8 9 10\n",
    ],
)
def test_a_machine_that_does_not_tell_is_not_called_quiet(
    text: str | None, machine: FakeMachine
) -> None:
    if text is not None:
        machine.file("/proc/stat", text)
    before = take_snapshot(machine.root)
    assert (before.busy, before.steal, before.total, before.throttled) == (None,) * 4
    found = conditions_between(1, before, take_snapshot(machine.root))
    assert (found.steal_share, found.foreign_share, found.throttled_seconds) == (None,) * 3


def throttled(machine: FakeMachine, statistics: str, version: int) -> Snapshot:
    """Read a machine on which this process lies in the group /job."""
    group, kind = ("0::/job", "cgroup2") if version == 2 else ("4:cpu,cpuacct:/job", "cgroup")
    mounted = "/sys/fs/cgroup" if version == 2 else "/sys/fs/cgroup/cpu"
    options = "rw" if version == 2 else "rw,cpu,cpuacct"
    machine.file("/proc/self/cgroup", f"{group}\n")
    machine.file("/proc/self/mountinfo", f"30 24 0:26 / {mounted} rw - {kind} cgroup {options}\n")
    machine.file(f"{mounted}/cgroup.controllers", "cpuset cpu memory\n")
    machine.file(f"{mounted}/job/cpu.stat", statistics)
    return take_snapshot(machine.root)


@pytest.mark.parametrize(
    ("version", "name", "per_second"), [(2, "throttled_usec", 10**6), (1, "throttled_time", 10**9)]
)
def test_a_quota_that_stopped_the_run_is_told_in_seconds(
    version: int, name: str, per_second: int, machine: FakeMachine
) -> None:
    def at(seconds: int) -> Snapshot:
        text = f"nr_periods 900\nnr_throttled 77\n{name} {seconds * per_second}\nusage_usec 5\n"
        return throttled(machine, text, version)

    found = conditions_between(1, at(4), at(11))
    assert found.throttled_seconds == pytest.approx(7.0)
    assert found.disturbances() == ["the processor quota stopped this program for 7.0 s"]


def test_this_machine_is_read_as_well() -> None:
    before, after = take_snapshot(), take_snapshot()
    assert after.time >= before.time and after.own >= before.own > 0
    if before.busy is not None:
        assert before.total is not None and 0 < before.busy <= before.total


def report(settled: bool) -> WorkerReport:
    """What a worker says of one case, whose times may have been still on the move."""
    line: dict[str, Any] = {
        "event": "case",
        "case": GEMM.id,
        "status": "ok",
        "equality": {"passed": True, "relative_l2": 1e-7, "tolerance": 1e-5},
        "samples": [0.001],
        "loops": 1,
        "warm_up": [0.001],
        "settled": settled,
    }
    imported = {"event": "imported", "version": "1.0", "threads": 1}
    lines = [imported, line, {"event": "done"}]
    return read_report("pytorch", [GEMM.id], ChildResult(outcome="finished", lines=lines))


def unsettled_in(*blocks: int) -> tuple[Ledger, Cell]:
    ledger = Ledger(tiny_plan(arms=[PE], cases=[GEMM]))
    ledger.add_gate(PE, report(True))
    for block in (1, 2, 3):
        ledger.add_block(block, {PE: report(block not in blocks)})
    cell = ledger.cell(PE, GEMM)
    assert cell is not None
    return ledger, cell


def test_blocks_in_which_times_were_still_on_the_move_are_named() -> None:
    assert unsettled_in(2, 3)[1].flags == ["unsettled in block 2", "unsettled in block 3"]
    assert unsettled_in()[1].flags == []


def test_an_analysis_keeps_what_was_said_of_the_blocks() -> None:
    _, cell = unsettled_in(2)
    assert analysed({PE: cell})[PE].flags == ["unsettled in block 2"]


def test_threads_wait_shortly_only_where_the_plan_says_so() -> None:
    user = {"GOMP_SPINCOUNT": "infinity", "KMP_BLOCKTIME": "infinite", "HOME": "/home/user"}
    short = worker_environment(tiny_plan(short_waits=True), "/tmp/run", user)
    assert (short["GOMP_SPINCOUNT"], short["KMP_BLOCKTIME"]) == ("1000", "1")
    usual = worker_environment(tiny_plan(), "/tmp/run", user)
    assert not {"GOMP_SPINCOUNT", "KMP_BLOCKTIME"} & set(usual)
    assert usual["HOME"] == "/home/user"


@pytest.mark.usefixtures("children_on_path")
@pytest.mark.parametrize("busy", [True, False])
def test_a_machine_that_is_busy_when_a_run_begins_has_threads_give_way(
    busy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def conditions(block: int, *_: Any) -> BlockConditions:
        return BlockConditions(block=block, seconds=1.0, foreign_share=0.4 if busy else 0.0)

    monkeypatch.setattr(controller, "conditions_between", conditions)
    monkeypatch.setattr(controller, "_LOOK_SECONDS", 0.0)
    monkeypatch.setenv("FAKE_WORKER", json.dumps({}))
    plan = tiny_plan(arms=[PE], cases=[GEMM], copy_of=None, blocks=1, threads=2)
    run = run_plan(plan, worker="misbehaving_worker")
    assert run.benchmarks.plan is not None and run.benchmarks.plan.short_waits == busy
    assert run.environment.variables.get("GOMP_SPINCOUNT") == ("1000" if busy else None)
