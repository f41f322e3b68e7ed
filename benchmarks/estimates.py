"""Whether a run ends when it said it would, and where the estimate is wrong.

    python benchmarks/estimates.py [EFFORT [BLOCKS [WORKLOAD ...]]]

Runs the plan of an effort (`quick`), with fewer BLOCKS if asked for (0: only the gates), and
prints for every arm and case the expected and the real seconds, in the gate and in the median
block, then the whole: the estimate, the time, and their ratio (target: at most 1.25). What passed
the gate, and by how much, stands beside it. The machine should be quiet; whether it was is printed.
"""

from __future__ import annotations

import statistics
import sys
import time

from msgspec import structs

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import Plan
from probes.bench.estimate import case_gate_seconds, case_seconds, estimate_seconds
from probes.bench.events import Progress
from probes.bench.order import slots
from probes.bench.plan import EFFORTS
from probes.bench.workloads import load_workload
from probes.planning import plan_benchmarks

Spot = tuple[str, str]
"""A slot and a case; the case is empty for what comes before the first one."""


class Watch:
    """How long every part of the run took, from what the controller tells."""

    def __init__(self) -> None:
        self.gates: dict[Spot, float] = {}
        self.blocks: dict[Spot, list[float]] = {}
        self._before: tuple[Progress, float] | None = None

    def __call__(self, event: Progress) -> None:
        now = time.monotonic()
        if self._before is not None:
            earlier, then = self._before
            self._take(earlier, now - then)
        self._before = event, now

    def _take(self, event: Progress, seconds: float) -> None:
        spot = event.arm or event.phase, event.case or ""
        if event.phase == "measuring":
            self.blocks.setdefault(spot, []).append(seconds)
        else:
            self.gates[spot] = self.gates.get(spot, 0.0) + seconds


def main() -> None:
    effort = sys.argv[1] if len(sys.argv) > 1 else "quick"
    plan = plan_benchmarks(
        effort, workloads=sys.argv[3:] or None, budget=None if sys.argv[3:] else budget(effort)
    )
    if len(sys.argv) > 2:
        plan = structs.replace(plan, blocks=int(sys.argv[2]))
    watch = Watch()
    expected = estimate_seconds(plan)
    print(
        f"{len(plan.cases)} cases, {', '.join(plan.arms)}, {plan.blocks} blocks: {expected:.0f} s"
    )
    run = run_plan(plan, on_progress=watch)
    parts(plan, run, watch)
    taken = run.benchmarks.seconds or 0.0
    print(
        f"\nexpected {expected:.0f} s, took {taken:.0f} s: {taken / expected:.2f} of the estimate"
    )
    dirty = [", ".join(one.dirty) for one in run.environment.blocks if one.dirty]
    print(f"{len(run.environment.blocks)} blocks, {len(dirty)} disturbed {dirty[:1]}")


def budget(effort: str) -> float:
    return EFFORTS[effort].seconds


def parts(plan: Plan, run: BenchmarkRun, watch: Watch) -> None:
    print(f"\n{'':52} {'gate':>14} {'a block':>14}   distance (allowed)")
    for spot in (("preparing", ""), *((slot, "") for slot in slots(plan))):
        print(f"{spot[0]:52} {watch.gates.get(spot, 0.0):14.1f} {in_block(watch, spot):>14}")
    for case in plan.cases:
        workload = load_workload(case.workload)
        for arm in plan.arms:
            cell = run.benchmarks.workloads[case.id].arms.get(arm)
            if cell is None:
                continue
            gate = (
                f"{case_gate_seconds(arm, workload):.1f} {watch.gates.get((arm, case.id), 0):.1f}"
            )
            block = f"{case_seconds(plan, arm, workload):.1f} {in_block(watch, (arm, case.id))}"
            found = cell.equality
            distance = f"{found.relative_l2:.1e} ({found.tolerance:.0e})" if found else ""
            told = f"{cell.status}: {cell.reason}"[:60] if cell.status != "ok" else ""
            print(f"{case.id:28}{arm:24} {gate:>14} {block:>14}   {distance} {told}")


def in_block(watch: Watch, spot: Spot) -> str:
    found = watch.blocks.get(spot)
    return f"{statistics.median(found):.1f}" if found else ""


if __name__ == "__main__":
    main()
