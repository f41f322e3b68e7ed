"""Whether the worker's times are what others measure: a loop by hand, and public timers.

    python benchmarks/peer_timers.py [PROCESSES [SAMPLES]]

In the same processes the same function is timed in three ways in turn (see `peer_worker`). Printed
for each arm and case: the ratio of the worker's time to the other's (the median over a process's
samples, the geometric mean over processes) with its interval, and a question mark where that
reaches beyond 3 %.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from msgspec import structs, to_builtins
from peer_worker import METHODS

from probes.bench.conditions import conditions_between, take_snapshot
from probes.bench.document import Case, Plan
from probes.bench.plan import case_of, make_plan
from probes.bench.statistics import paired_interval
from probes.bench.worker_environment import worker_environment
from probes.bench.workloads import load_workload
from probes.processes import run_child

ARMS = (
    "pytorch/eager",
    "pytorch/compile",
    "tensorflow/eager",
    "tensorflow/function",
    "tensorflow/function-xla",
)
CASES = (
    ("matmul", "gemm-128"),
    ("matmul", "gemm-512"),
    ("transformer-block", "128x256"),
    ("dispatch", "200"),
)
WITHIN = 0.03
LIMIT_SECONDS = 300.0


def main() -> None:
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    samples = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    before = take_snapshot()
    apart = 0
    with tempfile.TemporaryDirectory() as folder:
        plan = make_plan("quick", seed=0, threads=len(os.sched_getaffinity(0)))
        plan = structs.replace(plan, samples=samples)
        cases = prepared([case_of(*name) for name in CASES], folder)
        for arm in ARMS:
            rows: dict[str, list[list[list[float]]]] = {case["id"]: [] for case in cases}
            for _ in range(processes):
                for case, row in measured(arm, plan, cases, folder).items():
                    rows[case].append(row)
            apart += sum(report(arm, case, found) for case, found in rows.items())
    noise = conditions_between(0, before, take_snapshot())
    print(f"\nsurely more than {WITHIN:.0%} apart: {apart}")
    print(f"other processes {noise.foreign_share}, hypervisor {noise.steal_share}")


def prepared(cases: list[Case], folder: str) -> list[dict[str, Any]]:
    jobs: list[dict[str, Any]] = [
        to_builtins(case)
        | {
            "file": f"{folder}/{case.id}.npz",
            "tolerance": load_workload(case.workload).TOLERANCE,
        }
        for case in cases
    ]
    run_child(
        sys.executable, "probes.bench.prepare", {"cases": jobs, "seed": 0}, limit_seconds=300.0
    )
    return jobs


def measured(
    arm: str, plan: Plan, cases: list[dict[str, Any]], folder: str
) -> dict[str, list[list[float]]]:
    """Return the samples of one process, by case and method."""
    framework, _, mode = arm.partition("/")
    job = {
        "framework": framework,
        "arm_mode": mode,
        "compiled": mode != "eager",
        "mode": "measure",
        "threads": plan.threads,
        "device": "cpu",
        "samples": plan.samples,
        "sample_seconds": plan.sample_seconds,
        "warm_up_seconds": plan.warm_up_seconds,
        "warm_up_cap_seconds": plan.warm_up_cap_seconds,
        "relocate": False,
        "folder": folder,
        "cases": cases,
    }
    result = run_child(
        sys.executable,
        "peer_worker",
        job,
        limit_seconds=LIMIT_SECONDS,
        environment=worker_environment(plan, folder, os.environ),
    )
    found = {
        line["case"]: [line["samples"][place :: len(METHODS)] for place in range(len(METHODS))]
        for line in result.lines
        if line.get("event") == "case" and line.get("status") == "ok"
    }
    if len(found) < len(cases):
        print(f"  {arm}: {result.ending} {result.stderr[-300:]} {result.lines[-1:]}")
    return found


def report(arm: str, case: str, rows: list[list[list[float]]]) -> int:
    """Print how far the worker's times are from the others'; return how many surely are too far."""
    if len(rows) < 2:
        return 0
    apart = 0
    own = [statistics.median(row[0]) for row in rows]
    print(f"{case:26} {arm:24} {statistics.median(own) * 1e6:8.1f} µs", end="")
    for place in range(1, len(METHODS)):
        ratios = [
            statistics.median(mine / other for mine, other in zip(row[0], row[place], strict=True))
            for row in rows
        ]
        found = paired_interval(ratios, [1.0] * len(ratios))
        assert found is not None
        apart += found.low > 1.0 + WITHIN or found.high < 1.0 - WITHIN
        within = found.low >= 1.0 - WITHIN and found.high <= 1.0 + WITHIN
        sign = " " if within else "?"
        words = f"{found.ratio:.4f} [{found.low:.4f}, {found.high:.4f}]{sign}"
        print(f"   ÷ {METHODS[place]} {words}", end="")
    print(flush=True)
    return apart


if __name__ == "__main__":
    main()
