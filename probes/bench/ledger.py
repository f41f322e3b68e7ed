"""Collects the results of a run, block by block, and turns them into cells.

A block counts only as a whole: pairs are formed within blocks, so half a block (interrupted) is
left out, while every finished one is kept.
"""

from __future__ import annotations

from typing import Any

from msgspec import convert

from probes.bench.arms import COPY_SUFFIX, framework_of, mode_of
from probes.bench.document import Case, Cell, Equality, Plan
from probes.bench.reports import Failure, WorkerReport


class Ledger:
    """Everything measured so far, per slot (an arm or the A/A copy) and case."""

    def __init__(self, plan: Plan) -> None:
        """Begin empty."""
        self._plan = plan
        self._gates: dict[tuple[str, str], dict[str, Any]] = {}
        self._failures: dict[tuple[str, str], Failure] = {}
        self._blocks: dict[tuple[str, str], dict[int, dict[str, Any]]] = {}
        self.versions: dict[str, str] = {}

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
        """Take in the gate process of an arm."""
        self._note_version(arm, report)
        for case, line in report.results.items():
            self._gates[arm, case] = line
            if line["status"] == "not-comparable":
                self._failures[arm, case] = Failure("not-comparable", str(line.get("reason", "")))
        for case, failure in report.failures.items():
            self._failures[arm, case] = failure

    def add_block(self, block: int, reports: dict[str, WorkerReport]) -> None:
        """Take in one finished block."""
        for slot, report in reports.items():
            for case, line in report.results.items():
                if line["status"] == "ok":
                    self._blocks.setdefault((slot, case), {})[block] = line
                else:
                    reason = f"in block {block}: {line.get('reason', '')}"
                    self._failures[slot, case] = Failure("not-comparable", reason)
            for case, failure in report.failures.items():
                self._failures[slot, case] = Failure(
                    failure.status, f"in block {block}: {failure.reason}", failure.code
                )

    def cell(self, slot: str, case: Case) -> Cell | None:
        """Return the cell, or ``None`` if the run was interrupted before anything was known."""
        arm = slot.removesuffix(COPY_SUFFIX)
        gate = self._gates.get((arm, case.id))
        failure = self._failures.get((slot, case.id)) or self._failures.get((arm, case.id))
        if gate is None and failure is None:
            return None
        blocks = dict(sorted(self._blocks.get((slot, case.id), {}).items()))
        lines = list(blocks.values())
        gate = gate or {}
        peaks = [line["peak_memory_bytes"] for line in lines if line.get("peak_memory_bytes")]
        recompiles = [line["recompiles"] for line in [gate, *lines] if line.get("recompiles")]
        return Cell(
            framework=framework_of(arm),
            arm=mode_of(arm),
            device=self._plan.device,
            dtype=self._plan.dtype,
            status=failure.status if failure else "ok",
            reason=failure.reason if failure else "",
            code=failure.code if failure else None,
            equality=convert(gate["equality"], Equality) if "equality" in gate else None,
            blocks=list(blocks),
            samples=[line["samples"] for line in lines],
            loops=[line["loops"] for line in lines],
            warm_up=lines[0]["warm_up"] if lines else [],
            first_call_seconds=gate.get("first_call_seconds"),
            second_call_seconds=gate.get("second_call_seconds"),
            warm_first_call_seconds=[line["first_call_seconds"] for line in lines],
            peak_memory_bytes=max(peaks) if peaks else gate.get("peak_memory_bytes"),
            recompiles=max(recompiles, default=gate.get("recompiles")),
            flags=[
                f"unsettled in block {number}"
                for number, line in blocks.items()
                if not line["settled"]
            ],
        )

    def _note_version(self, arm: str, report: WorkerReport) -> None:
        if report.imported is not None:
            framework = framework_of(arm)
            self.versions[framework] = str(report.imported["version"])
            self.versions[f"{framework}-threads"] = str(report.imported["threads"])
