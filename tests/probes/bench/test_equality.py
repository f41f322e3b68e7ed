"""The gate catches the mistakes people make in porting, in both frameworks, before any timing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import to_builtins

from probes.bench.case_files import write_case
from probes.bench.document import Case
from probes.bench.equality import check_equality, relative_l2
from probes.bench.workloads import load_workload
from tests.probes.bench.child_jobs import WORKER, ask, needs, results
from tests.probes.bench.plans import BLOCK, GEMM, MISTAKES, SABOTAGED

Lines = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=["pytorch", "tensorflow"])
def sabotaged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """What one framework made of every case and every mistake in it."""
    needs(request.param)
    lines = ask(
        "sabotage",
        f"{request.param}/eager",
        SABOTAGED,
        tmp_path_factory.mktemp("cases"),
        mode="measure",
        compiled=False,
        samples=1,
        sample_seconds=1e-4,
        warm_up_seconds=0.0,
        warm_up_cap_seconds=0.0,
        relocate=True,
    )
    found: Lines = {}
    for line in lines:
        found.setdefault(str(line["case"]), []).append(line)
    return found


@pytest.mark.parametrize("case", SABOTAGED, ids=lambda case: case.id)
def test_every_sabotage_is_caught_and_the_untouched_workload_passes(
    case: Case, sabotaged: Lines
) -> None:
    untouched, *broken = sabotaged[case.id]
    assert untouched["sabotage"] == "none"
    assert untouched["status"] == "ok", untouched
    assert len(untouched["samples"]) == 1
    # The few calls of its warm-up cannot have shown that the times are steady.
    assert untouched["settled"] is False
    names = [line["sabotage"] for line in broken]
    assert len(set(names)) == len(names) == MISTAKES[case.id]
    for line in broken:
        assert line["status"] == "not-comparable", line
        # No time may be taken of a computation that is another computation.
        assert "samples" not in line


def test_a_compilation_that_was_switched_off_is_a_failed_cell_not_an_eager_one(
    tmp_path: Path,
) -> None:
    needs("pytorch")
    # The controller takes this variable away; here one slips through.
    switched_off = {"TORCH_COMPILE_DISABLE": "1"}
    (line,) = results(ask(WORKER, "pytorch/compile", [GEMM], tmp_path, switched_off))
    assert line["status"] == "failed"
    assert "compiled" in line["reason"]
    assert "samples" not in line


def test_the_distance_is_relative_and_infinite_for_another_shape() -> None:
    reference = np.full((3, 4), 2.0)
    assert relative_l2(reference * (1 + 1e-6), reference) == pytest.approx(1e-6)
    assert relative_l2(np.full((4, 3), 2.0), reference) == float("inf")
    assert relative_l2(np.full((3, 4), np.nan), reference) == float("inf")


def test_the_last_tolerance_holds_for_all_further_parts() -> None:
    one = np.ones(4)
    expected = [[one, one, one]]
    assert check_equality([[one, one, one * 1.01]], expected, (1e-4, 0.1))["passed"]
    assert not check_equality([[one * 1.01, one, one]], expected, (1e-4, 0.1))["passed"]
    assert check_equality([one], [one], (1e-4, 0.1))["tolerance"] == 1e-4


def test_the_worst_of_the_ring_decides() -> None:
    reference = np.ones(4)
    outputs = [reference, reference, reference * 1.1, reference]
    result = check_equality(outputs, [reference] * 4, 1e-5)
    assert not result["passed"]
    assert result["relative_l2"] == pytest.approx(0.1)


def test_the_same_seed_writes_the_same_arrays_whatever_else_is_measured(tmp_path: Path) -> None:
    job = to_builtins(BLOCK)
    stored = []
    for name in ("a.npz", "b.npz"):
        write_case(str(tmp_path / name), job, seed=3)
        with np.load(tmp_path / name, allow_pickle=False) as arrays:
            stored.append({key: arrays[key] for key in arrays.files})
    assert stored[0].keys() == stored[1].keys()
    assert all(np.array_equal(stored[0][key], stored[1][key]) for key in stored[0])


def test_the_reference_of_the_block_agrees_with_an_independent_formulation() -> None:
    """Attention written as a loop over heads and positions, straight from the definition."""
    from scipy.special import erf, softmax

    workload = load_workload("transformer-block")
    sizes = dict(BLOCK.sizes)
    inputs, w = workload.arrays(sizes, np.random.default_rng(0))
    x = inputs[0][0].astype(np.float64)
    w64 = {name: array.astype(np.float64) for name, array in w.items()}

    def norm(v: Any, which: str) -> Any:
        centred = v - v.mean(-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
        return centred / deviation * w64[f"{which}_scale"] + w64[f"{which}_shift"]

    depth = sizes["width"] // sizes["heads"]
    expected = np.empty_like(x)
    for b in range(sizes["batch"]):
        h = norm(x[b], "norm_1")
        q, k, v = h @ w64["query"], h @ w64["key"], h @ w64["value"]
        merged = np.zeros_like(h)
        for head in range(sizes["heads"]):
            part = slice(head * depth, (head + 1) * depth)
            for t in range(sizes["length"]):
                scores = q[t, part] @ k[: t + 1, part].T / np.sqrt(depth)
                merged[t, part] = softmax(scores) @ v[: t + 1, part]
        y = x[b] + merged @ w64["project"] + w64["project_bias"]
        u = norm(y, "norm_2") @ w64["up"] + w64["up_bias"]
        expected[b] = y + (0.5 * u * (1 + erf(u / np.sqrt(2)))) @ w64["down"] + w64["down_bias"]
    result = workload.reference(w, sizes, inputs[0][0])
    assert relative_l2(result, expected) < 1e-13
