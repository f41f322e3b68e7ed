"""JAX, and Keras on each of its backends, held to what the other arms are held to."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import Case
from probes.bench.reports import read_report
from probes.processes import ChildResult
from tests.probes.bench.child_jobs import ask
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

ALL_THREE = all(find_spec(name) for name in ("jax", "torch", "tensorflow"))
pytestmark = pytest.mark.skipif(not ALL_THREE, reason="needs JAX and both frameworks")

IN_JAX = [GEMM, BLOCK, NAIVE, FUSED, LOOK_UP, DENSE, SPARSE, CHANNELS_FIRST, CHANNELS_LAST]
IN_JAX += [TRAINED, TRAIN_STEP, DECODE]
IN_KERAS = [GEMM, BLOCK, NAIVE, FUSED, CHANNELS_FIRST, CHANNELS_LAST, LSTM]


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
    lines = ask("second_thoughts", arm, cases, tmp_path, texts=True)
    assert [line["case"] for line in lines] == [case.id for case in cases]
    for line in lines:
        assert line["status"] == "ok", line
        assert line["programs"] >= 1
        assert line["folded"] == 0, line


@pytest.mark.parametrize("arm", ["jax/jit", "keras/jax"])
def test_a_weight_that_is_closed_over_would_be_seen(arm: str, tmp_path: Path) -> None:
    (line,) = ask("second_thoughts", arm, [BLOCK], tmp_path, texts=True, close_over=True)
    assert line["status"] == "ok", line
    # Hexadecimal digits: two for a byte, four bytes for each of so many weights.
    width = BLOCK.sizes["width"]
    assert line["folded"] >= 2 * 4 * 12 * width**2


@pytest.mark.parametrize("arm", ["jax/jit", "keras/jax", "keras/tensorflow"])
def test_the_gate_holds_them_against_the_same_references(arm: str, tmp_path: Path) -> None:
    only = ["none", "swapped operands", "not a number", "wrong epsilon", "missing bias"]
    lines = ask("sabotage", arm, [GEMM, BLOCK], tmp_path, only=only)
    assert len(lines) == 6
    for line in lines:
        assert line["status"] == ("ok" if line["sabotage"] == "none" else "not-comparable"), line


@pytest.mark.parametrize("arm", ["tensorflow/eager", "keras/tensorflow"])
def test_no_other_framework_comes_along(arm: str, tmp_path: Path) -> None:
    (line,) = ask("second_thoughts", arm, [GEMM], tmp_path)
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
