"""Collects the results of a run, block by block, and turns them into cells.

A block counts only as a whole: pairs are formed within blocks, so half a block (interrupted) is
left out, while every finished one is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from probes.bench.arms import COPY_SUFFIX, framework_of, mode_of
from probes.bench.case_results import CaseResult, Measured
from probes.bench.document import AaCheck, Benchmarks, Case, Cell, Figure, Plan
from probes.bench.plan import runs_case
from probes.bench.reports import Failure, WorkerReport

Key = tuple[str, str]
"""A slot (an arm or the A/A copy), and a case."""


class Ledger:
    """Everything measured so far, per slot and case."""

    def __init__(self, plan: Plan) -> None:
        """Begin empty."""
        self._plan = plan
        self._gates: dict[Key, CaseResult] = {}
        self._failures: dict[Key, Failure] = {}
        self._blocks: dict[Key, dict[int, Measured]] = {}
        self._flags: dict[Key, list[str]] = {}
        self.versions: dict[str, str] = {}

    def restore(
        self, benchmarks: Benchmarks, aa: AaCheck | None, versions: Mapping[str, str]
    ) -> None:
        """Take over what an interrupted run of the same plan has found."""
        self.versions = dict(versions)
        for case, workload in benchmarks.workloads.items():
            for arm, cell in workload.arms.items():
                self._restore_gate(arm, case, cell)
                self._restore_blocks(arm, case, cell)
        for case, copy in (aa.cases if aa else {}).items():
            slot = f"{aa.arm if aa else ''}{COPY_SUFFIX}"
            self._restore_failure(slot, case, copy.cell)
            self._restore_blocks(slot, case, copy.cell)

    def _restore_failure(self, slot: str, case: str, cell: Cell) -> None:
        if cell.status != "ok":
            self._failures[slot, case] = Failure(cell.status, cell.reason, cell.code)

    def _restore_gate(self, arm: str, case: str, cell: Cell) -> None:
        self._restore_failure(arm, case, cell)
        if cell.equality is not None:
            self._gates[arm, case] = CaseResult(
                status="ok" if cell.equality.passed else "not-comparable",
                equality=cell.equality,
                first_call_seconds=cell.first_call_seconds,
                second_call_seconds=cell.second_call_seconds,
                peak_memory_bytes=cell.peak_memory_bytes,
                recompiles=cell.recompiles,
            )

    def _restore_blocks(self, slot: str, case: str, cell: Cell) -> None:
        unsettled = {flag for flag in cell.flags if flag.startswith(_UNSETTLED)}
        self._flags[slot, case] = [flag for flag in cell.flags if flag not in unsettled]
        if cell.equality is None:
            return
        for place, block in enumerate(cell.blocks):
            self._blocks.setdefault((slot, case), {})[block] = Measured(
                status="ok",
                equality=cell.equality,
                samples=cell.samples[place],
                loops=cell.loops[place],
                warm_up=cell.warm_up if place == 0 else [],
                settled=_unsettled(block) not in unsettled,
                first_call_seconds=_at(cell.warm_first_call_seconds, place),
                first_pass_seconds=_at(cell.first_pass_seconds, place),
                peak_memory_bytes=cell.peak_memory_bytes,
                recompiles=cell.recompiles,
                figures={
                    name: (value, figure.unit)
                    for name, figure in cell.figures.items()
                    if (value := figure.values[place]) is not None
                },
            )

    def ungated_cases(self, arm: str) -> list[str]:
        """Return the cases of an arm that have not been at the gate."""
        return [
            case.id
            for case in self._plan.cases
            if runs_case(arm, case, self._plan.device)
            and (arm, case.id) not in self._gates
            and (arm, case.id) not in self._failures
        ]

    def open_cases(self, slot: str) -> list[str]:
        """Return the cases of a slot that have passed the gate and have not failed since."""
        arm = slot.removesuffix(COPY_SUFFIX)
        return [
            case.id
            for case in self._plan.cases
            if (arm, case.id) in self._gates
            and (arm, case.id) not in self._failures
            and (slot, case.id) not in self._failures
        ]

    def add_gate(self, arm: str, report: WorkerReport) -> None:
        """Take in the gate process of an arm.

        A case that has passed the gate before (the run was continued) keeps what was found then,
        in empty caches; that it fails now is news.
        """
        self._note_version(arm, report)
        for case, line in report.results.items():
            before = self._gates.setdefault((arm, case), line)
            if line.status == "not-comparable":
                failure = Failure("not-comparable", line.reason)
                self._failures[arm, case] = failure if before is line else _later(failure)
        for case, failure in report.failures.items():
            again = (arm, case) in self._gates
            self._failures[arm, case] = _later(failure) if again else failure

    def add_block(self, block: int, reports: Mapping[str, WorkerReport]) -> None:
        """Take in one finished block."""
        for slot, report in reports.items():
            changed = self._note_version(slot, report)
            for case, line in report.results.items():
                if changed:
                    self._fail(slot, case, block, Failure("failed", changed))
                elif isinstance(line, Measured):
                    self._blocks.setdefault((slot, case), {})[block] = line
                    self._flag_threads(slot, case, report)
                else:
                    self._fail(slot, case, block, Failure("not-comparable", line.reason))
            for case, failure in report.failures.items():
                self._fail(slot, case, block, failure)

    def _fail(self, slot: str, case: str, block: int, failure: Failure) -> None:
        reason = f"in block {block}: {failure.reason}"
        self._failures[slot, case] = Failure(failure.status, reason, failure.code)

    def _flag_threads(self, slot: str, case: str, report: WorkerReport) -> None:
        """Say so if a framework did not run with the threads that all were to have."""
        threads = report.imported.threads if report.imported else None
        planned = self._plan.profile == "matched"
        if planned and threads is not None and threads != self._plan.threads:
            flag = f"ran with {threads} threads, {self._plan.threads} were planned"
            flags = self._flags.setdefault((slot, case), [])
            flags += [] if flag in flags else [flag]

    def cell(self, slot: str, case: Case) -> Cell | None:
        """Return the cell, or ``None`` if the run was interrupted before anything was known."""
        arm = slot.removesuffix(COPY_SUFFIX)
        gate = self._gates.get((arm, case.id))
        failure = self._failures.get((slot, case.id)) or self._failures.get((arm, case.id))
        if gate is None and failure is None:
            return None
        blocks = dict(sorted(self._blocks.get((slot, case.id), {}).items()))
        lines = list(blocks.values())
        peaks = [line.peak_memory_bytes for line in lines if line.peak_memory_bytes]
        gates = [gate] if gate else []
        recompiles = [line.recompiles for line in [*gates, *lines] if line.recompiles]
        return Cell(
            framework=framework_of(arm),
            arm=mode_of(arm),
            device=self._plan.device,
            dtype="bfloat16" if case.sizes.get("bfloat16") else self._plan.dtype,
            status=failure.status if failure else "ok",
            reason=failure.reason if failure else "",
            code=failure.code if failure else None,
            equality=gate.equality if gate else None,
            blocks=list(blocks),
            samples=[line.samples for line in lines],
            loops=[line.loops for line in lines],
            warm_up=lines[0].warm_up if lines else [],
            first_call_seconds=gate.first_call_seconds if gate else None,
            second_call_seconds=gate.second_call_seconds if gate else None,
            warm_first_call_seconds=_known([line.first_call_seconds for line in lines]),
            first_pass_seconds=_known([line.first_pass_seconds for line in lines]),
            # What earlier cases of a process left behind only adds, and the order is random.
            peak_memory_bytes=min(peaks, default=gate.peak_memory_bytes if gate else None),
            recompiles=max(recompiles, default=gate.recompiles if gate else None),
            figures=_figures(lines),
            flags=[
                *(_unsettled(number) for number, line in blocks.items() if not line.settled),
                *self._flags.get((slot, case.id), ()),
            ],
        )

    def _note_version(self, slot: str, report: WorkerReport) -> str:
        """Keep the version of a framework; return in words if it is not the one of before."""
        if report.imported is None:
            return ""
        framework = framework_of(slot)
        version = report.imported.version
        before = self.versions.setdefault(framework, version)
        for below, its_version in (report.imported.runs_on or {}).items():
            self.versions.setdefault(below, its_version)
        if report.imported.threads is not None:
            self.versions[f"{framework}-threads"] = str(report.imported.threads)
        return "" if before == version else f"{before} was measured before, now it is {version}"


_UNSETTLED = "unsettled"


def _unsettled(block: int) -> str:
    return f"{_UNSETTLED} in block {block}"


def _later(failure: Failure) -> Failure:
    """Return the failure of a gate that was passed before."""
    reason = f"when the run was continued: {failure.reason}"
    return Failure(failure.status, reason, failure.code)


def _known(values: Sequence[float | None]) -> list[float]:
    """Return a figure of every block, or nothing if a block has none: places must agree."""
    return [] if None in values else [value for value in values if value is not None]


def _at(values: list[float], place: int) -> float | None:
    return values[place] if place < len(values) else None


def _figures(lines: list[Measured]) -> dict[str, Figure]:
    """Return every further figure, block by block."""
    units = {name: unit for line in lines for name, (_, unit) in line.figures.items()}
    return {
        name: Figure(
            unit=unit,
            values=[line.figures[name][0] if name in line.figures else None for line in lines],
        )
        for name, unit in units.items()
    }
