"""Passes broken implementations of every workload through the gate of the real worker.

Each sabotage is a mistake that people make when they port a model; the gate must catch all of them.
"""

from __future__ import annotations

from typing import Any

from sabotages import sabotages_of

from probes.bench.backends import load_backend
from probes.bench.worker import run_case
from probes.bench.workloads import load_workload


def main(job: dict[str, Any], emit: Any) -> None:
    framework = job["framework"]
    backend = load_backend(framework, 1, "cpu", job["arm_mode"])
    for case in job["cases"]:
        workload = load_workload(case["workload"])
        # Eager where the workload can be that, else the first of its own modes.
        modes = workload.MODES.get(framework, ())
        arm_mode = job["arm_mode"] if job["arm_mode"] in modes or not modes else modes[0]
        for name, sabotage in sabotages_of(case).items():
            if name not in job.get("only", [name]):
                continue
            with sabotage(workload, framework):
                result = run_case(backend, job | {"arm_mode": arm_mode}, case)
            emit({"case": case["id"], "sabotage": name, **result})
