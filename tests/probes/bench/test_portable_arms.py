"""JAX, and Keras on each of its backends, held to what the other arms are held to."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from probes.bench.assembly import BenchmarkRun
from probes.bench.case_files import write_case
from probes.bench.controller import run_plan
from probes.bench.document import Case
from probes.bench.reports import read_report
from probes.bench.workloads import load_workload
from probes.processes import ChildResult, run_child
from tests.probes.bench.plans import (
    BLOCK,
    CHANNELS_FIRST,
    CHANNELS_LAST,
    DECODE,
    DENSE,
    FUSED,
    GEMM,
    LOOK_UP,
    LSTM,
    NAIVE,
    SPARSE,
    TRAIN_STEP,
    TRAINED,
    tiny_plan,
)
from tests.probes.conftest import CHILDREN

ALL_THREE = all(find_spec(name) for name in ("jax", "torch", "tensorflow"))
pytestmark = pytest.mark.skipif(not ALL_THREE, reason="needs JAX and both frameworks")

IN_JAX = [GEMM, BLOCK, NAIVE, FUSED, LOOK_UP, DENSE, SPARSE, CHANNELS_FIRST, CHANNELS_LAST]
IN_JAX += [TRAINED, TRAIN_STEP, DECODE]
IN_KERAS = [GEMM, BLOCK, NAIVE, FUSED, CHANNELS_FIRST, CHANNELS_LAST, LSTM]


def look(module: str, arm: str, cases: list[Case], folder: Path, **more: Any) -> list[Any]:
    """Return what a child says of the cases of an arm."""
    framework, _, mode = arm.partition("/")
    jobs = []
    for case in cases:
        file = str(folder / f"{case.id}.npz")
        tolerance = load_workload(case.workload).TOLERANCE
        jobs.append(to_builtins(case) | {"file": file, "tolerance": tolerance})
        write_case(file, jobs[-1], seed=7)
    job = {
        "framework": framework,
        "arm_mode": mode,
        "mode": "gate",
        "threads": 1,
        "device": "cpu",
        "relocate": False,
        "cases": jobs,
    }
    environment = os.environ | {
        "PYTHONPATH": str(CHILDREN),
        "CUDA_VISIBLE_DEVICES": "-1",
        "KERAS_HOME": str(folder),
    }
    result = run_child(
        sys.executable, module, job | more, limit_seconds=300.0, environment=environment
    )
    assert result.outcome == "finished", result.stderr
    return result.lines


@pytest.fixture(scope="module")
def whole_run() -> BenchmarkRun:
    arms = ["jax/jit", "keras/torch", "keras/tensorflow", "keras/jax"]
    return run_plan(tiny_plan(arms=arms, cases=[GEMM], copy_of=None, blocks=1, threads=2))


def test_every_portable_arm_is_gated_and_measured(whole_run: BenchmarkRun) -> None:
    cells = whole_run.benchmarks.workloads[GEMM.id].arms
    assert list(cells) == ["jax/jit", "keras/torch", "keras/tensorflow", "keras/jax"]
    for arm, cell in cells.items():
        assert cell.status == "ok", (arm, cell.reason)
        assert cell.recompiles == 0
        assert [len(samples) for samples in cell.samples] == [3]


def test_what_keras_ran_on_and_how_many_threads_is_told(whole_run: BenchmarkRun) -> None:
    versions = whole_run.environment.versions
    assert {"jax", "keras", "pytorch", "tensorflow"} <= versions.keys()
    # JAX's are counted in the process, not taken from what it was told.
    assert versions["jax-threads"] == versions["keras-threads"] == "2"


@pytest.mark.parametrize(("arm", "cases"), [("jax/jit", IN_JAX), ("keras/jax", IN_KERAS)])
def test_weights_are_arguments_of_what_jax_compiles_not_constants(
    arm: str, cases: list[Case], tmp_path: Path
) -> None:
    lines = look("second_thoughts", arm, cases, tmp_path, texts=True)
    assert [line["case"] for line in lines] == [case.id for case in cases]
    for line in lines:
        assert line["status"] == "ok", line
        assert line["programs"] >= 1
        assert line["folded"] == 0, line


@pytest.mark.parametrize("arm", ["jax/jit", "keras/jax", "keras/tensorflow"])
def test_the_gate_holds_them_against_the_same_references(arm: str, tmp_path: Path) -> None:
    only = ["none", "swapped operands", "not a number", "wrong epsilon", "missing bias"]
    lines = look("sabotage", arm, [GEMM, BLOCK], tmp_path, only=only)
    assert len(lines) == 6
    for line in lines:
        assert line["status"] == ("ok" if line["sabotage"] == "none" else "not-comparable"), line


@pytest.mark.parametrize("arm", ["tensorflow/eager", "keras/tensorflow"])
def test_no_other_framework_comes_along(arm: str, tmp_path: Path) -> None:
    (line,) = look("second_thoughts", arm, [GEMM], tmp_path)
    assert line["status"] == "ok", line
    assert line["jax"] is None


@pytest.mark.parametrize(
    ("framework", "missing", "words"),
    [
        ("jax", "jax", "JAX is not installed; `fw-advisor probe doctor`"),
        ("keras", "keras", "Keras is not installed; `pip install keras`"),
        ("keras", "jax", "JAX is not installed; `fw-advisor probe doctor`"),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(framework: str, missing: str, words: str) -> None:
    stopped = {"event": "stopped", "missing": missing, "error": "ModuleNotFoundError"}
    report = read_report(framework, ["a"], ChildResult(outcome="finished", lines=[stopped]))
    failure = report.failures["a"]
    assert (failure.status, failure.code) == ("not-installed", "NOT_INSTALLED")
    assert failure.reason.startswith(words)
