"""Asks a child of the benchmark directly, on the smallest cases, without a controller."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from probes.bench.arms import framework_of, mode_of
from probes.bench.case_files import write_case
from probes.bench.document import Case
from probes.bench.workloads import tolerance_of
from probes.interpreters import MODULES
from probes.processes import run_child
from tests.probes.conftest import CHILDREN

WORKER = "probes.bench.worker"


def needs(framework: str) -> None:
    """Skip where a framework is not installed."""
    if find_spec(MODULES[framework]) is None:
        pytest.skip(f"{framework} is not installed")


def case_jobs(cases: Iterable[Case], folder: Path) -> list[dict[str, Any]]:
    """Return what a child is told of each case; its arrays lie in the folder, written once."""
    jobs = []
    for case in cases:
        file = folder / f"{case.id}.npz"
        tolerance = tolerance_of(case.workload, case.sizes)
        jobs.append(to_builtins(case) | {"file": str(file), "tolerance": tolerance})
        if not file.exists():
            write_case(str(file), jobs[-1], seed=7)
    return jobs


def ask(
    module: str,
    arm: str,
    cases: Iterable[Case],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    **more: Any,
) -> list[dict[str, Any]]:
    """Return what a child says of the cases of an arm: at the gate, unless ``more`` says more."""
    job = {
        "framework": framework_of(arm),
        "arm_mode": mode_of(arm),
        "mode": "gate",
        "threads": 1,
        "device": "cpu",
        "relocate": False,
        "cases": case_jobs(cases, folder),
    }
    # Let the child import the modules of `children/`, and show it no card.
    known = {
        "PYTHONPATH": str(CHILDREN),
        "CUDA_VISIBLE_DEVICES": "-1",
        "KERAS_HOME": str(folder),
        # What TensorFlow writes while it traces stays there.
        "TMPDIR": str(folder),
    }
    result = run_child(
        sys.executable,
        module,
        job | more,
        limit_seconds=400.0,
        environment={**os.environ, **known, **(environment or {})},
    )
    assert result.outcome == "finished", result.stderr
    return result.lines


def results(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines that tell of a case."""
    return [line for line in lines if line["event"] == "case"]
