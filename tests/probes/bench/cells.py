"""Cells with chosen times, as an analysis finds them: what follows can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from probes.bench.analysis import analyse
from probes.bench.arms import framework_of, mode_of
from probes.bench.document import (
    AaCase,
    AaCheck,
    Benchmarks,
    BlockConditions,
    Case,
    Cell,
    Roof,
    Workload,
)
from probes.bench.workloads import load_workload
from tests.probes.bench.plans import GEMM

PE, PC = "pytorch/eager", "pytorch/compile"
TF = "tensorflow/function"


def cell(arm: str, times: Sequence[float], **fields: Any) -> Cell:
    """Return an arm that took so long per call, block by block; three equal samples in each."""
    made = Cell(
        framework=framework_of(arm),
        arm=mode_of(arm),
        device="cpu",
        dtype="float32",
        status="ok",
        blocks=list(range(1, len(times) + 1)),
        samples=[[one, one, one] for one in times],
        loops=[8] * len(times),
    )
    return structs.replace(made, **fields)


def workload(arms: Mapping[str, Cell], case: Case = GEMM) -> Workload:
    module = load_workload(case.workload)
    return Workload(
        title=module.TITLE,
        workload=case.workload,
        metric=module.METRIC,
        quantity=module.QUANTITY,
        size="",
        sizes=case.sizes,
        arms=dict(arms),
    )


def analysed(
    arms: Mapping[str, Cell],
    case: Case = GEMM,
    roof: Roof | None = None,
    conditions: Sequence[BlockConditions] = (),
) -> dict[str, Cell]:
    """Return the cells of one case with all that follows from them."""
    benchmarks = Benchmarks(roof=roof, workloads={case.id: workload(arms, case)})
    found, _ = analyse(benchmarks, None, conditions)
    return found.workloads[case.id].arms


def copied(cells: Mapping[str, Cell], arm: str = PE) -> AaCheck:
    """Return the A/A check that measured an arm a second time, by case."""
    return AaCheck(
        arm=arm, quiet=False, cases={case: AaCase(cell=one) for case, one in cells.items()}
    )
