"""Puts a finished (or interrupted) run into the shape of the document."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from probes.bench.analysis import analyse
from probes.bench.arms import COPY_SUFFIX
from probes.bench.collapse import with_collapses
from probes.bench.document import (
    AaCase,
    AaCheck,
    Benchmarks,
    BlockConditions,
    Case,
    Plan,
    Roof,
    Workload,
)
from probes.bench.ledger import Ledger
from probes.bench.worker_environment import removed_variables, worker_variables
from probes.bench.workloads import load_workload
from probes.document import Environment

_CACHES = "a temporary folder, empty at the start of the run and removed after it"


class BenchmarkRun(Struct, frozen=True):
    """A run's part of the probe document."""

    benchmarks: Benchmarks
    aa: AaCheck | None
    environment: Environment


def assemble(
    plan: Plan,
    ledger: Ledger,
    conditions: list[BlockConditions],
    environment: Mapping[str, str],
    *,
    roof: Roof | None,
    estimate: float,
    seconds: float,
    interrupted: bool,
) -> BenchmarkRun:
    """Return the run with every derived figure."""
    benchmarks = Benchmarks(
        plan=plan,
        estimate_seconds=round(estimate, 1),
        seconds=round(seconds, 1),
        interrupted=interrupted,
        roof=roof,
        workloads={case.id: _workload(plan, ledger, case) for case in plan.cases},
    )
    aa = _copy(plan, ledger)
    conditions = with_collapses(benchmarks, aa, conditions)
    benchmarks, aa = analyse(benchmarks, aa, conditions)
    return BenchmarkRun(
        benchmarks,
        aa,
        Environment(
            threads=plan.threads,
            versions=ledger.versions,
            # The folder is gone when the document is read; its name would only be noise in it.
            variables=worker_variables(plan, "TEMPORARY"),
            removed_variables=removed_variables(environment),
            compile_caches=_CACHES,
            blocks=conditions,
        ),
    )


def _workload(plan: Plan, ledger: Ledger, case: Case) -> Workload:
    module = load_workload(case.workload)
    cells = {arm: ledger.cell(arm, case) for arm in plan.arms}
    return Workload(
        title=module.TITLE,
        workload=case.workload,
        metric=module.METRIC,
        quantity=module.QUANTITY,
        size=module.describe(case.sizes),
        sizes=case.sizes,
        arms={arm: cell for arm, cell in cells.items() if cell is not None},
    )


def _copy(plan: Plan, ledger: Ledger) -> AaCheck | None:
    if plan.copy_of is None:
        return None
    cells = {case.id: ledger.cell(plan.copy_of + COPY_SUFFIX, case) for case in plan.cases}
    cases = {name: AaCase(cell=cell) for name, cell in cells.items() if cell is not None}
    return AaCheck(arm=plan.copy_of, quiet=False, cases=cases)
