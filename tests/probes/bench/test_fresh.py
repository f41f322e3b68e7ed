"""Workloads that take every sample in a process of its own: peak memory, and the first call."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from probes.bench.case_files import write_case
from probes.bench.document import Case
from probes.bench.peak_memory import reset_peak
from probes.bench.workloads import load_workload
from probes.interpreters import MODULES
from probes.processes import run_child
from tests.probes.bench.plans import COLD, COMPILE_BLOCK, COMPILE_DECODE, MEMORY
from tests.probes.conftest import CHILDREN

PROPER_WORKER = "probes.bench.worker"


def run(module: str, arm: str, cases: list[Case], folder: Path) -> list[dict[str, Any]]:
    framework, _, mode = arm.partition("/")
    if find_spec(MODULES[framework]) is None:
        pytest.skip(f"{framework} is not installed")
    jobs = []
    for case in cases:
        file = str(folder / f"{case.id}.npz")
        tolerance = load_workload(case.workload).TOLERANCE
        jobs.append(to_builtins(case) | {"file": file, "tolerance": tolerance})
        write_case(file, jobs[-1], seed=7)
    job = {
        "framework": framework,
        "arm_mode": mode,
        "mode": "measure",
        "threads": 1,
        "device": "cpu",
        "cases": jobs,
    }
    environment = os.environ | {
        "PYTHONPATH": str(CHILDREN),
        "CUDA_VISIBLE_DEVICES": "-1",
        "TORCHINDUCTOR_CACHE_DIR": str(folder / "inductor"),
    }
    result = run_child(sys.executable, module, job, limit_seconds=300.0, environment=environment)
    assert result.outcome == "finished", result.stderr
    return [line for line in result.lines if line["event"] == "case"]


@pytest.mark.skipif(not reset_peak(), reason="the peak of resident memory cannot be reset here")
@pytest.mark.parametrize("arm", ["pytorch/eager", "tensorflow/function"])
def test_peak_memory_lies_above_what_the_framework_takes_before(arm: str, tmp_path: Path) -> None:
    (line,) = run(PROPER_WORKER, arm, [MEMORY], tmp_path)
    assert line["status"] == "ok", line
    (peak,) = line["samples"]
    before, added = (line["figures"][name][0] for name in ("before", "added"))
    assert 50 << 20 < before < peak < 8 << 30
    assert added == peak - before
    assert all(unit == "bytes" for _, unit in line["figures"].values())


@pytest.mark.parametrize(
    ("arm", "case"), [("pytorch/compile", COMPILE_BLOCK), ("tensorflow/function", COMPILE_DECODE)]
)
def test_the_first_call_holds_the_compilation(arm: str, case: Case, tmp_path: Path) -> None:
    (line,) = run(PROPER_WORKER, arm, [case], tmp_path)
    assert line["status"] == "ok", line
    (first,) = line["samples"]
    assert first > line["figures"]["second-call"][0] > 0
    assert line["first_call_seconds"] == first


@pytest.mark.parametrize("framework", ["pytorch", "tensorflow"])
def test_the_gate_holds_what_they_run_against_its_references(
    framework: str, tmp_path: Path
) -> None:
    # The one that sets nothing up comes last: threads cannot be set after a first operation.
    cases = [COMPILE_BLOCK, COMPILE_DECODE] + [MEMORY] * reset_peak() + [COLD]
    lines = run("sabotage_fresh", f"{framework}/eager", cases, tmp_path)
    for case in cases:
        found = {line["sabotage"]: line for line in lines if line["case"] == case.id}
        assert found.pop("none")["status"] == "ok"
        assert len(found) >= 3
        for line in found.values():
            assert line["status"] == "not-comparable", line
            assert "samples" not in line
