"""Runs the children of a run: the arrays, the roof, and one worker per slot and block.

Every process it starts is fresh, bounded in time and killed with its group; whatever happens in one
of them becomes a report. Imports no framework and no numpy.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import ValidationError, convert, structs

from probes.bench.arms import COMPILED_ARMS, COPY_SUFFIX, framework_of, host_of, mode_of
from probes.bench.derived import best_roof
from probes.bench.document import Case, Plan, Roof
from probes.bench.reports import Failure, WorkerReport, merged, read_report
from probes.bench.worker_environment import cache_variables, worker_environment
from probes.bench.workloads import load_workload, tolerance_of
from probes.processes import ChildResult, run_child

_PREPARE_LIMIT_SECONDS = 600.0
_ROOF_LIMIT_SECONDS = 60.0
# A process may take its limit for so many cases, and in proportion longer for more.
_CASES_WITHIN_LIMIT = 4

OnCase = Callable[[str], None]


def leaves_caches(arm: str, case: Case) -> bool:
    """Say whether the gate of a case leaves something to the processes that measure it.

    What was compiled or exported; where the process itself is the sample, files that were read.
    """
    workload = load_workload(case.workload)
    lasting = arm in COMPILED_ARMS or workload.BUILDS or workload.FRESH
    return bool(lasting and not case.sizes.get("cold"))


class StoppedError(Exception):
    """The run was cancelled; the controller keeps what is finished."""


class Workers:
    """Starts the processes of one run."""

    def __init__(
        self,
        plan: Plan,
        interpreters: Mapping[str, str],
        folder: str,
        cancel: threading.Event,
        module: str,
    ) -> None:
        """Take the plan, the interpreters, a folder for arrays and caches, and the worker."""
        self._plan = plan
        self._interpreters = interpreters
        self._folder = folder
        self._cancel = cancel
        self._module = module
        self._cases = {case.id: case for case in plan.cases}
        self._environment = worker_environment(plan, folder, os.environ)

    def prepare(self) -> Failure | None:
        """Write the arrays with the first interpreter that can; return why none could."""
        job = {
            "cases": [self._case_job(case) for case in self._plan.cases],
            "seed": self._plan.seed,
        }
        words = ""
        for interpreter in self._used_interpreters():
            result = self._child(
                interpreter, "probes.bench.prepare", job, limit_seconds=_PREPARE_LIMIT_SECONDS
            )
            if any(line.get("event") == "done" for line in result.lines):
                return None
            words = f"the inputs could not be written: {result.ending}. {result.stderr[-600:]}"
        return Failure("failed", words)

    def roof(self) -> Roof | None:
        """Measure what this machine, or its card, can do at most; None if that fails."""
        if self._plan.device != "cpu":
            return self._roof_on_card()
        for interpreter in self._used_interpreters():
            for roof in self._roofs(interpreter, "probes.bench.roof", {}):
                return roof
        return None

    def _roof_on_card(self) -> Roof | None:
        found: list[Roof] = []
        for arm in {framework_of(arm): arm for arm in self._plan.arms}.values():
            job = {
                "framework": framework_of(arm),
                "arm_mode": mode_of(arm),
                "device": self._plan.device,
            }
            interpreter = self._interpreters[host_of(arm)]
            found += self._roofs(interpreter, "probes.bench.roof_on_card", job)
        return best_roof(found)

    def _roofs(self, interpreter: str, module: str, job: dict[str, Any]) -> Iterator[Roof]:
        threads = {"threads": self._plan.threads}
        result = self._child(interpreter, module, threads | job, limit_seconds=_ROOF_LIMIT_SECONDS)
        for line in result.lines:
            if line.get("event") == "roof":
                with contextlib.suppress(ValidationError):
                    yield convert(line | threads, Roof)

    def run(self, slot: str, mode: str, cases: list[str], on_case: OnCase) -> WorkerReport:
        """Run the cases of a slot: together in one process, but those that want one each alone."""
        alone = [case for case in cases if self._fresh(case)]
        together = [case for case in cases if case not in alone]
        reports = [self._run_process(slot, mode, together, on_case)] if together else []
        reports += [self._run_process(slot, mode, [case], on_case) for case in alone]
        return merged(reports)

    def _fresh(self, case: str) -> bool:
        return bool(load_workload(self._cases[case].workload).FRESH)

    def _run_process(self, slot: str, mode: str, cases: list[str], on_case: OnCase) -> WorkerReport:
        """Run one process, and another one if it is killed before it could begin."""
        report = self._run_once(slot, mode, cases, on_case)
        if not report.never_began:
            return report
        again = self._run_once(slot, mode, cases, on_case)
        return structs.replace(again, seconds=report.seconds + again.seconds)

    def _run_once(self, slot: str, mode: str, cases: list[str], on_case: OnCase) -> WorkerReport:
        arm = slot.removesuffix(COPY_SUFFIX)
        cold = any(self._cases[case].sizes.get("cold") for case in cases)
        caches = f"{self._folder}/cold"

        def tell(line: dict[str, Any]) -> None:
            if line.get("event") == "case-started" and line.get("case") in cases:
                on_case(str(line["case"]))

        try:
            result = self._child(
                self._interpreters[host_of(arm)],
                self._module,
                self._worker_job(arm, mode, [self._cases[case] for case in cases]),
                limit_seconds=self._limit(len(cases)),
                on_line=tell,
                environment=self._environment
                | (cache_variables(caches) if cold else {})
                | (self._compilers() if mode == "gate" else {}),
            )
        finally:
            if cold:
                shutil.rmtree(caches, ignore_errors=True)
        return read_report(framework_of(arm), cases, result, mode)

    def _compilers(self) -> dict[str, str]:
        """Compile with every thread where nothing is measured; caches serve the blocks."""
        return {"TORCHINDUCTOR_COMPILE_THREADS": str(self._plan.threads)}

    def _limit(self, cases: int) -> float:
        return self._plan.process_limit_seconds * max(1.0, cases / _CASES_WITHIN_LIMIT)

    def _used_interpreters(self) -> list[str]:
        return list(dict.fromkeys(self._interpreters[host_of(arm)] for arm in self._plan.arms))

    def _child(
        self, interpreter: str, module: str, job: dict[str, Any], **options: Any
    ) -> ChildResult:
        options.setdefault("environment", self._environment)
        result = run_child(interpreter, module, job, cancel=self._cancel, **options)
        if result.outcome == "cancelled":
            raise StoppedError
        return result

    def _worker_job(self, arm: str, mode: str, cases: list[Case]) -> dict[str, Any]:
        return {
            "framework": framework_of(arm),
            "arm_mode": mode_of(arm),
            "compiled": arm in COMPILED_ARMS,
            "mode": mode,
            "threads": self._plan.threads if self._plan.profile == "matched" else None,
            "device": self._plan.device,
            "samples": self._plan.samples,
            "sample_seconds": self._plan.sample_seconds,
            "warm_up_seconds": self._plan.warm_up_seconds,
            "warm_up_cap_seconds": self._plan.warm_up_cap_seconds,
            "relocate": self._plan.relocate,
            "folder": self._folder,
            "cases": [self._case_job(case) for case in cases],
        }

    def _case_job(self, case: Case) -> dict[str, Any]:
        return {
            "id": case.id,
            "workload": case.workload,
            "sizes": case.sizes,
            "tolerance": tolerance_of(case.workload, case.sizes),
            "file": f"{self._folder}/{case.id}.npz",
        }
