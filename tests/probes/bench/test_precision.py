"""A case in half the precision computes in it, is gated at its own distance, and says so."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from probes.bench.controller import run_plan
from probes.bench.derived import roof_seconds
from probes.bench.document import Case, Roof, Workload
from probes.bench.workloads import load_workload, tolerance_of
from tests.probes.bench.plans import tiny_plan

HALF = Case(
    id="matmul-gemm-24-bfloat16",
    workload="matmul",
    sizes={"m": 24, "k": 24, "n": 24, "bfloat16": 1},
)
BOTH = find_spec("torch") is not None and find_spec("tensorflow") is not None


@pytest.mark.skipif(not BOTH, reason="needs both frameworks")
def test_both_frameworks_compute_in_it() -> None:
    arms = ["pytorch/eager", "tensorflow/eager", "tensorflow/function-xla"]
    run = run_plan(tiny_plan(cases=[HALF], arms=arms, copy_of=None, blocks=1))
    for arm, cell in run.benchmarks.workloads[HALF.id].arms.items():
        assert (cell.status, cell.dtype) == ("ok", "bfloat16"), (arm, cell.reason)
        assert cell.equality is not None and cell.equality.relative_l2 is not None
        # Nearer to the reference than it can be rounded would mean that it was not.
        assert 5e-4 < cell.equality.relative_l2 < cell.equality.tolerance == 2e-2
        assert cell.roof_share is None


def test_only_its_cases_may_be_so_far_from_the_reference() -> None:
    assert tolerance_of("matmul", HALF.sizes) == 2e-2
    assert tolerance_of("matmul", {"m": 24, "k": 24, "n": 24}) == 1e-5


def test_a_roof_of_another_precision_is_none() -> None:
    roof = Roof(threads=1, gflops=10.0, gigabytes_per_second=10.0, how="")

    def least(**more: int) -> float | None:
        sizes = {"m": 24, "k": 24, "n": 24} | more
        return roof_seconds(
            Workload(title="", workload="matmul", metric="", size="", sizes=sizes, arms={}),
            roof,
        )

    assert least() == pytest.approx(max(2 * 24**3 / 1e10, 4 * 3 * 24**2 / 1e10))
    assert least(bfloat16=1) is None


def test_sizes_say_their_precision() -> None:
    matmul = load_workload("matmul")
    assert matmul.describe(dict(HALF.sizes)).endswith("bfloat16")
    assert matmul.traffic({**HALF.sizes}) == matmul.traffic({"m": 24, "k": 24, "n": 24}) / 2
