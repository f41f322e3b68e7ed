"""Why identical processes differ, and what brings them together.

    python benchmarks/spread.py [PROCESSES [CASE [THREADS]]]

The same arm on the same case runs in many fresh processes under several treatments, one process of
each in turn, so that drift of the machine meets all of them alike. Printed for each: the spread
between processes (standard deviation of the logarithm of their medians, with its 90 % interval) and
within them. Nothing is left out. The machine should be quiet; how quiet it was is printed as well.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import structs, to_builtins
from scipy import stats

from probes.bench.conditions import conditions_between, take_snapshot
from probes.bench.plan import case_of, make_plan
from probes.bench.worker_environment import worker_environment
from probes.bench.workloads import load_workload
from probes.processes import run_child

ARMS = ("pytorch/eager", "tensorflow/function")
LIMIT_SECONDS = 120.0


@dataclass(frozen=True)
class Treatment:
    """One way of running a worker."""

    name: str
    variables: dict[str, str] = field(default_factory=dict)
    job: dict[str, Any] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()


ORDINARY = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=0"}
"""What workers have by themselves, on huge pages, is taken back."""
TREATMENTS = (
    Treatment("ordinary pages", ORDINARY),
    Treatment("moved inputs", ORDINARY, {"relocate": True}),
    Treatment("huge pages"),
    Treatment("passive waiting", ORDINARY | {"OMP_WAIT_POLICY": "passive"}),
    Treatment("fixed addresses", ORDINARY, prefix=("setarch", "-R")),
    Treatment("twice as many samples", ORDINARY, {"samples": 10}),
    Treatment(
        "moved, huge, passive",
        {"OMP_WAIT_POLICY": "passive"},
        {"relocate": True},
    ),
)


def main() -> None:
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    workload, _, name = (
        sys.argv[2] if len(sys.argv) > 2 else "transformer-block/128x256"
    ).partition("/")
    threads = int(sys.argv[3]) if len(sys.argv) > 3 else len(os.sched_getaffinity(0))
    print(f"{workload} {name}, {threads} threads, {processes} processes per line")
    before = take_snapshot()
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(workload, name)
        plan = structs.replace(make_plan("quick"), cases=[case], threads=threads)
        job = to_builtins(case) | {
            "file": f"{folder}/case.npz",
            "tolerance": load_workload(workload).TOLERANCE,
        }
        run_child(
            sys.executable, "probes.bench.prepare", {"cases": [job], "seed": 0}, limit_seconds=300.0
        )
        environment = worker_environment(plan, folder, os.environ)
        for arm in ARMS:
            times: dict[str, list[list[float]]] = {one.name: [] for one in TREATMENTS}
            for _ in range(processes):
                for treatment in TREATMENTS:
                    samples = measured(arm, treatment, plan, job, environment, Path(folder))
                    if samples:
                        times[treatment.name].append(samples)
            report(arm, times)
    noise = conditions_between(0, before, take_snapshot())
    print(f"\nother processes {noise.foreign_share}, hypervisor {noise.steal_share}")


def measured(
    arm: str,
    treatment: Treatment,
    plan: Any,
    case: dict[str, Any],
    environment: dict[str, str],
    folder: Path,
) -> list[float] | None:
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
        "folder": str(folder),
        "cases": [case],
    } | treatment.job
    result = run_child(
        wrapped(treatment, folder),
        "probes.bench.worker",
        job,
        limit_seconds=LIMIT_SECONDS,
        environment=environment | treatment.variables,
    )
    for line in result.lines:
        if line.get("event") == "case" and line.get("status") == "ok":
            samples: list[float] = line["samples"]
            return samples
    print(f"  {arm}, {treatment.name}: {result.ending} {result.stderr[-200:]}")
    return None


def wrapped(treatment: Treatment, folder: Path) -> str:
    """Return an interpreter that starts under the treatment's program, if that is there."""
    if not treatment.prefix or shutil.which(treatment.prefix[0]) is None:
        return sys.executable
    script = folder / f"python-{treatment.prefix[0]}"
    script.write_text(f'#!/bin/sh\nexec {" ".join(treatment.prefix)} {sys.executable} "$@"\n')
    script.chmod(0o755)
    return str(script)


def report(arm: str, times: dict[str, list[list[float]]]) -> None:
    print(
        f"\n{arm:24} {'median':>10} {'between':>9} {'90 % interval':>16} {'within':>8} {'range':>8}"
    )
    for name, processes in times.items():
        print(f"  {name:22} " + "".join(figures(processes)))


def figures(processes: list[list[float]]) -> Iterator[str]:
    medians = [math.log(statistics.median(samples)) for samples in processes]
    if len(medians) < 3:
        yield "too few"
        return
    between = statistics.stdev(medians)
    freedom = len(medians) - 1
    low, high = (
        between * math.sqrt(freedom / stats.chi2.ppf(share, freedom)) for share in (0.95, 0.05)
    )
    within = math.sqrt(
        statistics.fmean(statistics.variance(map(math.log, samples)) for samples in processes)
    )
    yield f"{math.exp(statistics.median(medians)) * 1e3:8.3f} ms {between:8.1%} "
    yield f"{low:7.1%} –{high:6.1%} {within:8.1%} {math.exp(max(medians) - min(medians)) - 1:8.0%}"


if __name__ == "__main__":
    main()
