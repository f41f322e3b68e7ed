"""Passes broken implementations of workloads that measure themselves through the real worker.

All of them in one process: it is the gate that is tested here, not what is measured.
"""

from __future__ import annotations

import functools
from typing import Any

from sabotages import sabotages_of

from probes.bench import building
from probes.bench.fresh import run_fresh
from probes.bench.workloads import load_workload


def main(job: dict[str, Any], emit: Any) -> None:
    # A process sets its framework up once.
    building.load_backend = functools.cache(building.load_backend)
    for case in job["cases"]:
        workload = load_workload(case["workload"])
        for name, sabotage in sabotages_of(case).items():
            if name not in job.get("only", [name]):
                continue

            def tell(line: dict[str, Any], name: str = name) -> None:
                emit(line | {"sabotage": name})

            with sabotage(workload, job["framework"]):
                run_fresh(job | {"cases": [case]}, tell)
