"""JAX, and Keras on each of its backends, held to what the other arms are held to."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import Case
from probes.bench.plan import arm_runs
from probes.bench.reports import read_report
from probes.bench.workloads import WORKLOADS
from probes.processes import ChildResult
from tests.probes.bench.child_jobs import WORKER, ask, results
from tests.probes.bench.plans import (
    BLOCK,
    CHANNELS_FIRST,
    CHANNELS_LAST,
    COLD,
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
KERAS = ["keras/torch", "keras/tensorflow", "keras/jax"]
IN_KERAS = [GEMM, BLOCK, NAIVE, FUSED, CHANNELS_FIRST, CHANNELS_LAST, LSTM]


@pytest.fixture(scope="module")
def whole_run() -> BenchmarkRun:
    return run_plan(
        tiny_plan(arms=["jax/jit", *KERAS], cases=[GEMM], copy_of=None, blocks=1, threads=2)
    )


def test_every_portable_arm_is_gated_and_measured(whole_run: BenchmarkRun) -> None:
    cells = whole_run.benchmarks.workloads[GEMM.id].arms
    assert list(cells) == ["jax/jit", *KERAS]
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


# What torch.compile does not trace of Keras (2.13, 3.15), and the word by which it is known.
REFUSED = {("keras/torch", FUSED.id): "pybind11", ("keras/torch", LSTM.id): "builtin operator"}


@pytest.mark.parametrize("arm", ["keras/tensorflow", "keras/torch"])
def test_keras_computes_the_same_on_its_other_backends_or_says_why_not(
    arm: str, tmp_path: Path
) -> None:
    found = {line["case"]: line for line in results(ask(WORKER, arm, IN_KERAS, tmp_path))}
    assert list(found) == [case.id for case in IN_KERAS]
    for case, line in found.items():
        words = REFUSED.get((arm, case))
        assert line["status"] == ("ok" if words is None else "failed"), line
        assert line.get("recompiles") == (0 if words is None else None), line
        assert (words or "") in line.get("reason", "")


def test_jax_starts_with_the_product_of_the_reference(tmp_path: Path) -> None:
    lines = ask("sabotage_fresh", "jax/jit", [COLD], tmp_path, only=["none", "not a number"])
    assert [line["status"] for line in results(lines)] == ["ok", "not-comparable"]


@pytest.mark.parametrize(
    ("arm", "cases"), [("jax/jit", [*IN_JAX, COLD]), *((arm, IN_KERAS) for arm in KERAS)]
)
def test_every_workload_that_is_written_for_them_is_gated(arm: str, cases: list[Case]) -> None:
    written = {name for name in WORKLOADS if arm_runs(arm, name, "cpu")}
    assert {case.workload for case in cases} == written


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
