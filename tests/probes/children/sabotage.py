"""Passes broken implementations of every workload through the gate of the real worker.

Each sabotage is a mistake that people make when they port a model; the gate must catch all of them.
"""

from __future__ import annotations

import importlib
from typing import Any

from probes.bench.backends import load_backend
from probes.bench.worker import run_case
from probes.bench.workloads import load_workload


def main(job: dict[str, Any], emit: Any) -> None:
    framework = job["framework"]
    backend = load_backend(framework, 1, "cpu")
    for case in job["cases"]:
        workload = load_workload(case["workload"])
        module = importlib.import_module(f"sabotages.{case['workload'].replace('-', '_')}")
        for name, sabotage in module.SABOTAGES.items():
            with sabotage(workload, framework):
                result = run_case(backend, job, case)
            emit({"case": case["id"], "sabotage": name, **result})
