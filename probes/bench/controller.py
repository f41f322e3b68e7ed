"""Runs a plan: prepares the arrays, passes every arm through the gate, then measures the blocks.

Imports no framework and no numpy. Every process it starts is fresh, bounded in time and killed with
its group; whatever happens in one of them becomes a cell. Cancelling, or Ctrl-C, ends the run and
keeps the finished blocks.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Mapping
from typing import Any

from probes.bench.announcer import Announcer
from probes.bench.arms import COMPILED_ARMS, COPY_SUFFIX, framework_of, mode_of
from probes.bench.assembly import BenchmarkRun, assemble
from probes.bench.conditions import conditions_between, take_snapshot
from probes.bench.document import BlockConditions, Case, Plan
from probes.bench.events import OnProgress, Phase, ignore_progress
from probes.bench.ledger import Ledger
from probes.bench.order import block_order, case_order, slots
from probes.bench.reports import Failure, WorkerReport, blame, read_report
from probes.bench.worker_environment import worker_environment
from probes.bench.workloads import load_workload
from probes.interpreters import resolve_interpreters
from probes.processes import ChildResult, run_child

WORKER = "probes.bench.worker"
_PREPARE_LIMIT_SECONDS = 300.0


def run_plan(
    plan: Plan,
    interpreters: Mapping[str, str] | None = None,
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
    worker: str = WORKER,
) -> BenchmarkRun:
    """Measure the plan and return its results, also when interrupted.

    Args:
        plan: What to measure; see :func:`probes.bench.plan.make_plan`.
        interpreters: Interpreter per framework; this process's own where none is given.
        on_progress: Called before each process and each case, never while a sample is taken.
        cancel: When set, the running process is killed and the finished blocks are returned.
        worker: Module of the worker; another one only in tests.

    Raises:
        ProbeError: An interpreter that was named cannot be executed.
    """
    resolved = resolve_interpreters(interpreters)
    with tempfile.TemporaryDirectory(prefix="fw-advisor-", ignore_cleanup_errors=True) as folder:
        announcer = Announcer(plan, on_progress)
        stop = cancel or threading.Event()
        return _Controller(plan, resolved, folder, announcer, stop, worker).run()


class _StoppedError(Exception):
    """The run was cancelled; never leaves this file."""


class _Controller:
    """One run."""

    def __init__(
        self,
        plan: Plan,
        interpreters: dict[str, str],
        folder: str,
        announcer: Announcer,
        cancel: threading.Event,
        worker: str,
    ) -> None:
        self._plan = plan
        self._interpreters = interpreters
        self._folder = folder
        self._announcer = announcer
        self._cancel = cancel
        self._worker = worker
        self._environment = worker_environment(plan, folder, os.environ)
        self._ledger = Ledger(plan)
        self._conditions: list[BlockConditions] = []

    def run(self) -> BenchmarkRun:
        """Go through the phases; stop early without losing what is finished."""
        interrupted = False
        try:
            if self._plan.arms and self._plan.cases:
                self._pass_gates(self._prepare())
                self._measure_blocks()
        except (_StoppedError, KeyboardInterrupt):
            interrupted = True
        self._announcer.tell("finished", "interrupted" if interrupted else "finished", 0.0)
        return assemble(
            self._plan,
            self._ledger,
            self._conditions,
            os.environ,
            estimate=self._announcer.estimate,
            seconds=self._announcer.elapsed(),
            interrupted=interrupted,
        )

    def _prepare(self) -> Failure | None:
        """Write the arrays with the first interpreter that can; return why none could."""
        self._announcer.tell("preparing", "writing the inputs", self._announcer.estimate)
        frameworks = dict.fromkeys(framework_of(arm) for arm in self._plan.arms)
        words = ""
        for interpreter in dict.fromkeys(self._interpreters[name] for name in frameworks):
            result = self._child(
                interpreter,
                "probes.bench.prepare",
                {
                    "cases": [self._case_job(case) for case in self._plan.cases],
                    "seed": self._plan.seed,
                },
                limit_seconds=_PREPARE_LIMIT_SECONDS,
            )
            if any(line.get("event") == "done" for line in result.lines):
                return None
            words = f"the inputs could not be written: {result.ending}. {result.stderr[-600:]}"
        return Failure("failed", words)

    def _pass_gates(self, unprepared: Failure | None) -> None:
        for arm in self._plan.arms:
            left = self._announcer.gates_left(arm)
            pending = [case.id for case in self._plan.cases]
            while pending:
                report = self._run_worker("equality", arm, "gate", pending, left)
                if unprepared is not None:
                    report = blame(report, unprepared)
                self._ledger.add_gate(arm, report)
                # A crash in one case must not take the cases after it along.
                pending = report.not_reached

    def _measure_blocks(self) -> None:
        for block in range(1, self._plan.blocks + 1):
            candidates = [slot for slot in slots(self._plan) if self._ledger.open_cases(slot)]
            before = take_snapshot()
            reports: dict[str, WorkerReport] = {}
            order = block_order(self._plan, block, candidates)
            for place, slot in enumerate(order):
                left = self._announcer.blocks_left(block, order[place:], candidates)
                cases = case_order(self._plan, block, slot, self._ledger.open_cases(slot))
                report = self._run_worker("measuring", slot, "measure", cases, left, block)
                self._announcer.learn(slot, report.seconds)
                reports[slot] = report
            if reports:
                self._ledger.add_block(block, reports)
                self._conditions.append(conditions_between(block, before, take_snapshot()))

    def _run_worker(
        self,
        phase: Phase,
        slot: str,
        mode: str,
        cases: list[str],
        left: float,
        block: int | None = None,
    ) -> WorkerReport:
        arm = slot.removesuffix(COPY_SUFFIX)
        started = time.monotonic()
        self._announcer.tell(phase, f"{slot}: starting", left, block, slot)

        def tell_case(line: dict[str, Any]) -> None:
            if line.get("event") == "case-started":
                rest = left - (time.monotonic() - started)
                case = str(line.get("case"))
                self._announcer.tell(phase, f"{slot}: {case}", rest, block, slot, case)

        by_id = {case.id: case for case in self._plan.cases}
        result = self._child(
            self._interpreters[framework_of(arm)],
            self._worker,
            self._worker_job(arm, mode, [by_id[case] for case in cases]),
            limit_seconds=self._plan.process_limit_seconds,
            on_line=tell_case,
        )
        return read_report(framework_of(arm), cases, result)

    def _child(
        self, interpreter: str, module: str, job: dict[str, Any], **options: Any
    ) -> ChildResult:
        result = run_child(
            interpreter,
            module,
            job,
            environment=self._environment,
            cancel=self._cancel,
            **options,
        )
        if result.outcome == "cancelled":
            raise _StoppedError
        return result

    def _worker_job(self, arm: str, mode: str, cases: list[Case]) -> dict[str, Any]:
        return {
            "framework": framework_of(arm),
            "arm_mode": mode_of(arm),
            "compiled": arm in COMPILED_ARMS,
            "mode": mode,
            "threads": self._plan.threads,
            "device": self._plan.device,
            "samples": self._plan.samples,
            "sample_seconds": self._plan.sample_seconds,
            "warm_up_seconds": self._plan.warm_up_seconds,
            "warm_up_cap_seconds": self._plan.warm_up_cap_seconds,
            "cases": [self._case_job(case) for case in cases],
        }

    def _case_job(self, case: Case) -> dict[str, Any]:
        return {
            "id": case.id,
            "workload": case.workload,
            "sizes": case.sizes,
            "tolerance": load_workload(case.workload).TOLERANCE,
            "file": f"{self._folder}/{case.id}.npz",
        }
