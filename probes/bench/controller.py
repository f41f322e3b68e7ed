"""Runs a plan: prepares the arrays, passes every arm through the gate, then measures the blocks.

A block during which something else used the machine is measured once more, up to half as many times
as there are blocks; it stays in the document and says why. Cancelling, or Ctrl-C, ends the run and
keeps the finished blocks; a run that was ended can be continued.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping

from msgspec import structs

from probes.bench.announcer import Announcer
from probes.bench.arms import COPY_SUFFIX
from probes.bench.assembly import BenchmarkRun, assemble
from probes.bench.conditions import conditions_between, take_snapshot
from probes.bench.document import BlockConditions, Plan, Roof
from probes.bench.events import OnProgress, Phase, ignore_progress
from probes.bench.ledger import Ledger
from probes.bench.order import block_order, case_order, slots
from probes.bench.reports import Failure, WorkerReport, blame
from probes.bench.workers import StoppedError, Workers
from probes.interpreters import resolve_interpreters

WORKER = "probes.bench.worker"
_LOOK_SECONDS = 0.5
OnBlock = Callable[[BenchmarkRun], None]


def run_plan(
    plan: Plan,
    interpreters: Mapping[str, str] | None = None,
    *,
    on_progress: OnProgress = ignore_progress,
    on_block: OnBlock | None = None,
    previous: BenchmarkRun | None = None,
    cancel: threading.Event | None = None,
    worker: str = WORKER,
) -> BenchmarkRun:
    """Measure the plan and return its results, also when interrupted.

    Args:
        plan: What to measure; see :func:`probes.bench.plan.make_plan`.
        interpreters: Interpreter per framework; this process's own where none is given.
        on_progress: Called before each process and each case, never while a sample is taken.
        on_block: Called after each finished block with all that is known by then.
        previous: An interrupted run of this plan, whose gates and blocks count.
        cancel: When set, the running process is killed and the finished blocks are returned.
        worker: Module of the worker; another one only in tests.

    Raises:
        ProbeError: An interpreter that was named cannot be executed.
    """
    resolved = resolve_interpreters(interpreters)
    if previous is None and plan.threads > 1 and is_busy():
        plan = structs.replace(plan, short_waits=True)
    with tempfile.TemporaryDirectory(prefix="fw-advisor-", ignore_cleanup_errors=True) as folder:
        announcer = Announcer(plan, on_progress)
        workers = Workers(plan, resolved, folder, cancel or threading.Event(), worker)
        return _Controller(plan, workers, announcer, on_block, previous).run()


def is_busy() -> bool:
    """Say whether other processes use the machine, by looking for half a second."""
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
        on_block: OnBlock | None,
        previous: BenchmarkRun | None,
    ) -> None:
        self._plan = plan
        self._workers = workers
        self._announcer = announcer
        self._on_block = on_block
        self._ledger = Ledger(plan)
        self._conditions: list[BlockConditions] = []
        self._roof: Roof | None = None
        self._seconds_before = 0.0
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
                self._announcer.tell("preparing", "writing the inputs", self._announcer.estimate)
                unprepared = self._workers.prepare()
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
            seconds=self._seconds_before + self._announcer.elapsed(),
            interrupted=interrupted,
        )

    def _pass_gates(self, unprepared: Failure | None) -> None:
        for arm in self._plan.arms:
            left = self._announcer.gates_left(arm)
            pending = self._ledger.ungated_cases(arm)
            while pending:
                report = self._run_worker("equality", arm, "gate", pending, left)
                if unprepared is not None:
                    report = blame(report, unprepared)
                self._ledger.add_gate(arm, report)
                # A crash in one case must not take the cases after it along.
                pending = report.not_reached

    def _measure_blocks(self) -> None:
        block = max((one.block for one in self._conditions), default=0)
        while self._blocks_wanting() > 0:
            block += 1
            candidates = [slot for slot in slots(self._plan) if self._ledger.open_cases(slot)]
            if not candidates:
                return
            self._measure_block(block, candidates)
            if self._on_block is not None and self._blocks_wanting() > 0:
                self._on_block(self._result(interrupted=True))

    def _blocks_wanting(self) -> int:
        """Return how many blocks are still to be measured."""
        clean = sum(1 for one in self._conditions if not one.dirty)
        most = self._plan.blocks + self._plan.blocks // 2
        return min(self._plan.blocks - clean, most - len(self._conditions))

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
        started = time.monotonic()
        self._announcer.tell(phase, f"{slot}: starting", left, block, slot)

        def on_case(case: str) -> None:
            rest = left - (time.monotonic() - started)
            self._announcer.tell(phase, f"{slot}: {case}", rest, block, slot, case)

        arm = slot.removesuffix(COPY_SUFFIX) if mode == "gate" else slot
        return self._workers.run(arm, mode, cases, on_case)
