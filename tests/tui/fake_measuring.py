"""Plans and runs that are made up: figures that are analysed as real ones are, and no process."""

from __future__ import annotations

from collections.abc import Collection
from math import inf
from typing import Any

from probes.bench.analysis import analyse
from probes.bench.arms import ARMS, host_of
from probes.bench.assembly import BenchmarkRun
from probes.bench.document import (
    AaCase,
    AaCheck,
    Benchmarks,
    BlockConditions,
    Case,
    Cell,
    Equality,
    Plan,
    Workload,
)
from probes.bench.workloads import load_workload
from probes.document import Environment

USUAL = ("pytorch/eager", "pytorch/compile", "tensorflow/function", "tensorflow/function-xla")
SECONDS = {"eager": 0.01, "compile": 0.006, "function": 0.008, "function-xla": 0.0079}
STEADY = (1.0, 1.004, 0.998, 1.002, 0.996, 1.001)
RESTLESS = (1.0, 1.4, 0.8, 1.3, 0.7, 1.1)
WHY = "no C++ compiler was found, and [red]none[/red] \x1b[31mis there"


def seconds_of(plan: Plan) -> float:
    """Half a minute for each case and arm."""
    return 30.0 * len(plan.cases) * len(plan.arms)


def case_of(workload: str) -> Case:
    return Case(id=f"{workload}-small", workload=workload, sizes={"width": 8})


def make_plan(
    effort: str,
    frameworks: Any,
    *,
    workloads: Any = None,
    wanted: Any = None,
    arms: Any = None,
    budget: float | None = None,
) -> Plan:
    """Plan as the probes do, with one small case of every workload."""
    limit = budget or (240.0 if workloads is None else inf)
    installed = {name for name, one in frameworks.items() if one.installed}
    asked = arms or (USUAL if effort == "quick" else ARMS[:5])
    kept = [arm for arm in ARMS if arm in asked and host_of(arm) in installed]
    cases = [case_of(name) for name in workloads or wanted or ("transformer-block",)]
    plan = Plan(effort=effort, cases=cases, arms=kept, copy_of=kept[0], threads=2)
    while seconds_of(plan) > limit and len(plan.cases) > 1:
        cases = plan.cases[:-1]
        plan = Plan(effort=effort, cases=cases, arms=kept, copy_of=kept[0], threads=2)
    return plan


def cell_of(
    arm: str, blocks: int, *, noisy: bool = False, slower: float = 1.0, copy: str = ""
) -> Cell:
    """An arm that was measured in so many blocks."""
    framework, _, mode = arm.partition("/")
    # Not the same from block to block for all arms, or every interval would have no width.
    turn = len(f"{arm}{copy}") % len(STEADY)
    steady = (*STEADY[turn:], *STEADY[:turn])[:blocks]
    times = [SECONDS[mode] * slower * one for one in steady]
    if noisy:
        times = [time * one for time, one in zip(times, RESTLESS, strict=False)]
    return Cell(
        framework=framework,
        arm=mode,
        device="cpu",
        dtype="float32",
        status="ok",
        equality=Equality(passed=True, relative_l2=1e-7, tolerance=1e-4),
        blocks=list(range(1, blocks + 1)),
        samples=[[one, one, one] for one in times],
        loops=[8] * blocks,
        first_call_seconds=0.05 if mode == "eager" else 2.5,
        peak_memory_bytes=412_000_000,
        flags=["unsettled in block 1"] if mode == "compile" and blocks else [],
    )


def failed_cell(arm: str, reason: str = WHY) -> Cell:
    framework, _, mode = arm.partition("/")
    return Cell(
        framework=framework,
        arm=mode,
        device="cpu",
        dtype="float32",
        status="failed",
        reason=reason,
        code="NO_CXX_COMPILER",
    )


def made_run(
    plan: Plan,
    blocks: int = 6,
    *,
    failing: Collection[str] = (),
    noisy: bool = False,
    slower: float = 1.0,
) -> BenchmarkRun:
    """A run of a plan with so many whole blocks; every derived figure is computed."""

    def cells() -> dict[str, Cell]:
        return {
            arm: failed_cell(arm)
            if arm in failing
            else cell_of(arm, blocks, noisy=noisy, slower=slower)
            for arm in plan.arms
        }

    cases = {
        case.id: Workload(
            title=str(load_workload(case.workload).TITLE),
            workload=case.workload,
            metric=str(load_workload(case.workload).METRIC),
            size="width 8",
            sizes=case.sizes,
            arms=cells(),
        )
        for case in plan.cases
    }
    first = plan.arms[0]
    copy = cell_of(first, blocks, slower=slower, copy="#copy")
    check = AaCheck(arm=first, quiet=False, cases={key: AaCase(cell=copy) for key in cases})
    benchmarks = Benchmarks(plan=plan, interrupted=blocks < plan.blocks, workloads=cases)
    conditions = [
        BlockConditions(block=number, seconds=5.0, foreign_share=0.4 if noisy else 0.0)
        for number in range(1, blocks + 1)
    ]
    benchmarks, aa = analyse(benchmarks, check, conditions)
    versions = {"pytorch": "2.13.0", "tensorflow": "2.21.0"}
    environment = Environment(threads=2, versions=versions, blocks=conditions)
    return BenchmarkRun(benchmarks, aa, environment)
