"""Runs a plan: prepares the arrays, passes every arm through the gate, then measures the blocks.

A block during which something else used the machine is measured once more, up to half as many times
as there are blocks; it stays in the document and says why. Cancelling, or Ctrl-C, ends the run and
keeps the finished blocks. A run that was ended can be continued: what was found stays, but arms
that compile pass the gate again, because the caches of before are gone.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping

from msgspec import structs

from probes.bench.announcer import Announcer
from probes.bench.assembly import BenchmarkRun, assemble
from probes.bench.conditions import conditions_between, take_snapshot
from probes.bench.document import BlockConditions, Plan, Roof
from probes.bench.events import OnProgress, Phase, ignore_progress
from probes.bench.ledger import Ledger
from probes.bench.order import block_order, case_order, slots
from probes.bench.reports import Failure, WorkerReport, blame, merged
from probes.bench.workers import StoppedError, Workers, leaves_caches
from probes.errors import ProbeError
from probes.interpreters import resolve_interpreters
from probes.temporary import temporary_folder

WORKER = "probes.bench.worker"
_LOOK_SECONDS = 0.5
_LOOKS = 3
OnCheckpoint = Callable[[BenchmarkRun], None]


def run_plan(
    plan: Plan,
    interpreters: Mapping[str, str] | None = None,
    *,
    on_progress: OnProgress = ignore_progress,
    on_checkpoint: OnCheckpoint | None = None,
    previous: BenchmarkRun | None = None,
    cancel: threading.Event | None = None,
    worker: str = WORKER,
) -> BenchmarkRun:
    """Measure the plan and return its results, also when interrupted.

    Args:
        plan: What to measure; see :func:`probes.bench.plan.make_plan`.
        interpreters: Interpreter per framework; this process's own where none is given.
        on_progress: Called before each process and each case, never while a sample is taken.
        on_checkpoint: Called with all that is known by then after each arm's gate and after each
            finished block but the last.
        previous: An interrupted run of this plan, whose gates and blocks count.
        cancel: When set, the running process is killed and the finished blocks are returned.
        worker: Module of the worker; another one only in tests.

    Raises:
        ProbeError: An interpreter that was named cannot be executed, there is no temporary folder,
            or the inputs of a run that is to be continued cannot be written.
    """
    resolved = resolve_interpreters(interpreters)
    if previous is None and plan.threads > 1 and is_busy():
        plan = structs.replace(plan, short_waits=True)
    with temporary_folder("fw-advisor-") as folder:
        announcer = Announcer(plan, on_progress)
        workers = Workers(plan, resolved, folder, cancel or threading.Event(), worker)
        return _Controller(plan, workers, announcer, on_checkpoint, previous).run()


def is_busy() -> bool:
    """Say whether other processes use the machine: in two of three looks of half a second.

    One look would let a job of a moment decide how the threads of a whole run wait.
    """
    seen: list[bool] = []
    while max(seen.count(True), seen.count(False)) <= _LOOKS // 2:
        seen.append(_is_busy_now())
    return seen.count(True) > _LOOKS // 2


def _is_busy_now() -> bool:
    before = take_snapshot()
    time.sleep(_LOOK_SECONDS)
    return bool(conditions_between(0, before, take_snapshot()).disturbances())


class _Controller:
    """One run."""

    def __init__(
        self,
        plan: Plan,
        workers: Workers,
        announcer: Announcer,
        on_checkpoint: OnCheckpoint | None,
        previous: BenchmarkRun | None,
    ) -> None:
        self._plan = plan
        self._workers = workers
        self._announcer = announcer
        self._on_checkpoint = on_checkpoint
        self._ledger = Ledger(plan)
        self._conditions: list[BlockConditions] = []
        self._roof: Roof | None = None
        self._seconds_before = 0.0
        self._continues = previous is not None
        if previous is not None:
            self._ledger.restore(previous.benchmarks, previous.aa, previous.environment.versions)
            self._conditions = list(previous.environment.blocks)
            self._roof = previous.benchmarks.roof
            self._seconds_before = previous.benchmarks.seconds or 0.0

    def run(self) -> BenchmarkRun:
        """Go through the phases; stop early without losing what is finished."""
        interrupted = False
        try:
            if self._plan.arms and self._plan.cases:
                self._announcer.tell("preparing", "writing the inputs", self._gates_left())
                unprepared = self._workers.prepare()
                if unprepared is not None and self._continues:
                    # Else every case would fail for good, for want of its inputs.
                    raise ProbeError(f"the run cannot be continued: {unprepared.reason}")
                self._roof = self._roof or self._workers.roof()
                self._pass_gates(unprepared)
                self._measure_blocks()
        except (StoppedError, KeyboardInterrupt):
            interrupted = True
        self._announcer.tell("finished", "interrupted" if interrupted else "finished", 0.0)
        return self._result(interrupted)

    def _result(self, interrupted: bool) -> BenchmarkRun:
        return assemble(
            self._plan,
            self._ledger,
            self._conditions,
            os.environ,
            roof=self._roof,
            estimate=self._announcer.estimate,
            seconds=self._seconds(),
            interrupted=interrupted,
        )

    def _seconds(self) -> float:
        return self._seconds_before + self._announcer.elapsed()

    def _gates(self) -> dict[str, list[str]]:
        """Return the cases that are to go through the gate, by arm."""
        gates = {arm: self._ledger.ungated_cases(arm) for arm in self._plan.arms}
        if self._continues and self._blocks_wanting() > 0:
            for arm, cases in gates.items():
                passed = self._ledger.open_cases(arm)
                lasting = [one.id for one in self._plan.cases if leaves_caches(arm, one)]
                # For the caches alone: those of before are gone.
                cases += [case for case in lasting if case in passed]
        return {arm: cases for arm, cases in gates.items() if cases}

    def _gates_left(self) -> float:
        return self._announcer.gates_left(self._gates(), self._blocks_wanting())

    def _pass_gates(self, unprepared: Failure | None) -> None:
        gates = self._gates()
        for arm in list(gates):
            left = self._announcer.gates_left(gates, self._blocks_wanting())
            report = self._run_worker("equality", arm, "gate", gates.pop(arm), left)
            if unprepared is not None:
                report = blame(report, unprepared)
            self._ledger.add_gate(arm, report)
            self._checkpoint()

    def _measure_blocks(self) -> None:
        block = max((one.block for one in self._conditions), default=0)
        while self._blocks_wanting() > 0:
            block += 1
            candidates = self._open_slots()
            if not candidates:
                return
            self._measure_block(block, candidates)
            if self._blocks_wanting() > 0:
                self._checkpoint()

    def _open_slots(self) -> list[str]:
        return [slot for slot in slots(self._plan) if self._ledger.open_cases(slot)]

    def _checkpoint(self) -> None:
        if self._on_checkpoint is not None:
            self._on_checkpoint(self._result(interrupted=True))

    def _blocks_wanting(self) -> int:
        """Return how many blocks are still to be measured."""
        clean = sum(1 for one in self._conditions if not one.dirty)
        planned, done = self._plan.blocks, len(self._conditions)
        if done >= planned and self._budget_is_spent():
            return 0
        return min(planned - clean, planned + planned // 2 - done)

    def _budget_is_spent(self) -> bool:
        """Say whether one more block would end after the time that was allowed."""
        budget = self._plan.budget_seconds
        if budget is None:
            return False
        block = self._announcer.blocks_left(1, (), self._open_slots())
        return self._seconds() + block > budget

    def _measure_block(self, block: int, candidates: list[str]) -> None:
        before = take_snapshot()
        reports: dict[str, WorkerReport] = {}
        order = block_order(self._plan, block, candidates)
        for place, slot in enumerate(order):
            left = self._announcer.blocks_left(
                self._blocks_wanting() - 1, order[place:], candidates
            )
            cases = case_order(self._plan, block, slot, self._ledger.open_cases(slot))
            report = self._run_worker("measuring", slot, "measure", cases, left, block)
            self._announcer.learn(slot, report.seconds)
            reports[slot] = report
        self._ledger.add_block(block, reports)
        found = conditions_between(block, before, take_snapshot())
        self._conditions.append(structs.replace(found, dirty=found.disturbances()))

    def _run_worker(
        self,
        phase: Phase,
        slot: str,
        mode: str,
        cases: list[str],
        left: float,
        block: int | None = None,
    ) -> WorkerReport:
        """Run the cases, those as well that a process did not come to because it crashed before."""
        started = time.monotonic()
        self._announcer.tell(phase, f"{slot}: starting", left, block, slot)

        def on_case(case: str) -> None:
            rest = left - (time.monotonic() - started)
            self._announcer.tell(phase, f"{slot}: {case}", rest, block, slot, case)

        reports: list[WorkerReport] = []
        pending = cases
        while pending:
            report = self._workers.run(slot, mode, pending, on_case)
            # Each round settles at least one case.
            pending = report.not_reached
            reports.append(structs.replace(report, not_reached=[]))
        return merged(reports)
