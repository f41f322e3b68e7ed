"""Collects the results of a run, block by block, and turns them into cells.

A block counts only as a whole: pairs are formed within blocks, so half a block (interrupted) is
left out, while every finished one is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import convert, to_builtins

from probes.bench.arms import COPY_SUFFIX, framework_of, mode_of
from probes.bench.document import AaCheck, Benchmarks, Case, Cell, Equality, Figure, Plan
from probes.bench.plan import arm_runs
from probes.bench.reports import Failure, WorkerReport

Key = tuple[str, str]
"""A slot (an arm or the A/A copy), and a case."""


class Ledger:
    """Everything measured so far, per slot and case."""

    def __init__(self, plan: Plan) -> None:
        """Begin empty."""
        self._plan = plan
        self._gates: dict[Key, dict[str, Any]] = {}
        self._failures: dict[Key, Failure] = {}
        self._blocks: dict[Key, dict[int, dict[str, Any]]] = {}
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
            self._restore_blocks(f"{aa.arm if aa else ''}{COPY_SUFFIX}", case, copy.cell)

    def _restore_gate(self, arm: str, case: str, cell: Cell) -> None:
        if cell.status != "ok":
            self._failures[arm, case] = Failure(cell.status, cell.reason, cell.code)
        if cell.equality is not None:
            self._gates[arm, case] = {
                "equality": to_builtins(cell.equality),
                "first_call_seconds": cell.first_call_seconds,
                "second_call_seconds": cell.second_call_seconds,
                "peak_memory_bytes": cell.peak_memory_bytes,
                "recompiles": cell.recompiles,
            }

    def _restore_blocks(self, slot: str, case: str, cell: Cell) -> None:
        unsettled = {flag for flag in cell.flags if flag.startswith("unsettled")}
        for place, block in enumerate(cell.blocks):
            self._blocks.setdefault((slot, case), {})[block] = {
                "samples": cell.samples[place],
                "loops": cell.loops[place],
                "warm_up": cell.warm_up if place == 0 else [],
                "settled": f"unsettled in block {block}" not in unsettled,
                "first_call_seconds": _at(cell.warm_first_call_seconds, place),
                "first_pass_seconds": _at(cell.first_pass_seconds, place),
                "peak_memory_bytes": cell.peak_memory_bytes,
                "recompiles": cell.recompiles,
                "figures": {
                    name: [figure.values[place], figure.unit]
                    for name, figure in cell.figures.items()
                    if figure.values[place] is not None
                },
            }

    def ungated_cases(self, arm: str) -> list[str]:
        """Return the cases of an arm that have not been at the gate."""
        return [
            case.id
            for case in self._plan.cases
            if arm_runs(arm, case.workload, self._plan.device)
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
            changed = self._note_version(slot, report)
            for case, line in report.results.items():
                if changed:
                    self._failures[slot, case] = Failure("failed", f"in block {block}: {changed}")
                elif line["status"] == "ok":
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
            warm_first_call_seconds=_known(lines, "first_call_seconds"),
            first_pass_seconds=_known(lines, "first_pass_seconds"),
            # What earlier cases of a process left behind only adds, and the order is random.
            peak_memory_bytes=min(peaks, default=gate.get("peak_memory_bytes")),
            recompiles=max(recompiles, default=gate.get("recompiles")),
            figures=_figures(lines),
            flags=[
                f"unsettled in block {number}"
                for number, line in blocks.items()
                if not line["settled"]
            ],
        )

    def _note_version(self, slot: str, report: WorkerReport) -> str:
        """Keep the version of a framework; return in words if it is not the one of before."""
        if report.imported is None:
            return ""
        framework = framework_of(slot)
        version = str(report.imported["version"])
        before = self.versions.setdefault(framework, version)
        for below, its_version in (report.imported.get("runs_on") or {}).items():
            self.versions.setdefault(str(below), str(its_version))
        if report.imported.get("threads") is not None:
            self.versions[f"{framework}-threads"] = str(report.imported["threads"])
        return "" if before == version else f"{before} was measured before, now it is {version}"


def _known(lines: list[dict[str, Any]], name: str) -> list[float]:
    """Return a figure of every block, or nothing if a block has none: places must agree."""
    values = [line.get(name) for line in lines]
    return [] if None in values else [float(value) for value in values if value is not None]


def _at(values: list[float], place: int) -> float | None:
    return values[place] if place < len(values) else None


def _figures(lines: list[dict[str, Any]]) -> dict[str, Figure]:
    """Return every further figure, block by block."""
    units = {
        name: str(unit) for line in lines for name, (_, unit) in (line.get("figures") or {}).items()
    }
    return {
        name: Figure(
            unit=unit,
            values=[
                float(found[0]) if (found := (line.get("figures") or {}).get(name)) else None
                for line in lines
            ],
        )
        for name, unit in units.items()
    }
