"""What stands beside the time of an arm: each figure in its unit, only where it is known."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from advisor.reports.measured import agreement, case_page
from advisor.reports.page import plain
from advisor.reports.probe import probe_page
from probes.bench.document import Equality, Workload
from tests.tested.making import PC, PE, TE, TF, broken, cell, document, figure, workload


def case(quantity: str = "seconds", **arms: Any) -> Workload:
    names = {"pe": PE, "pc": PC, "te": TE, "tf": TF}
    made = workload("decode", {names[name]: one for name, one in arms.items()}, quantity, batch=4)
    return document({"it": made}).benchmarks.workloads["it"]


def row(one: Workload, arm: str) -> str:
    lines = [plain(line) for line in case_page(one, 1000)]
    return next(" ".join(line.split()) for line in lines if line.split()[:1] == [arm])


def test_memory_is_bytes_and_less_of_it() -> None:
    one = case("bytes", pe=cell(PE, 5e8, first_call_seconds=2.0), te=9e8)
    assert row(one, PE) == "pytorch/eager 499 MB first call 2 s"
    words = " ".join(plain(line) for line in case_page(one, 1000))
    assert "pytorch/eager needed 0.55 times the bytes of tensorflow/eager" in words
    assert "6 blocks): less memory." in words and "took" not in words


def test_figures_of_an_arm_are_one_row() -> None:
    figures = {"first-token": figure(0.004), "next-token": figure(0.001), "other": figure(1.0)}
    one = case(
        pe=cell(PE, 0.02, first_call_seconds=0.03, figures=figures),
        pc=cell(
            PC, 0.01, 0.0, first_call_seconds=10.03, recompiles=2, peak_memory_bytes=812_000_000
        ),
    )
    saved = (one.arms[PE].median_seconds or 0) - 0.01
    assert row(one, PE).endswith("first call 30 ms, first token 4.02 ms, next token 1.01 ms")
    assert row(one, PC).endswith(
        f"first call 10 s, compiling pays after {round(10 / saved):,} calls, "
        "recompiled 2 times, peak 812 MB"
    )


def test_compiling_that_does_not_pay_says_so_only_beside_the_eager_arm() -> None:
    slow = cell(TF, 0.03, first_call_seconds=2.0)
    beside = case(te=cell(TE, 0.02, first_call_seconds=1.0), tf=slow)
    assert row(beside, TF).endswith("first call 2 s, compiling does not pay here")
    # Whatever the first call took: no later one is faster.
    assert row(case(te=cell(TE, 0.02), tf=slow), TF).endswith("compiling does not pay here")
    assert row(case(tf=slow), TF).endswith("first call 2 s"), "not known"
    assert row(case(te=broken(TE), tf=slow), TF).endswith("first call 2 s")
    assert "compiling" not in row(beside, TE)


def test_what_is_not_known_is_not_said() -> None:
    one = case(pe=cell(PE, 0.02, 0.0, recompiles=0), te=cell(TE, 0.03, 0.0))
    assert row(one, PE) == "pytorch/eager 20 ms"


@pytest.mark.parametrize("blocks", [1, 2])
def test_a_warm_up_that_did_not_settle_is_no_speeding_up(blocks: int) -> None:
    flags = [f"unsettled in block {n}" for n in range(1, blocks + 1)]
    words = row(case(pe=cell(PE, 0.02, 0.0, flags=flags)), PE)
    assert words == f"pytorch/eager 20 ms warm-up not settled in {blocks} of 6 blocks"


def test_results_that_are_equal_agree_exactly() -> None:
    same = Equality(passed=True, relative_l2=0.0, tolerance=0.0)
    one = case(pe=cell(PE, 0.02, equality=same), te=cell(TE, 0.02, equality=same))
    assert agreement(one) == "All agree exactly with the reference."
    near = structs.replace(same, relative_l2=2e-6, tolerance=1e-5)
    two = case(pe=cell(PE, 0.02, equality=same), te=cell(TE, 0.02, equality=near))
    assert "to 2e-06" in agreement(two)


def test_a_page_says_if_frameworks_ran_as_they_come() -> None:
    def page(profile: str) -> str:
        one = document({"it": workload("decode", {PE: 0.02, TE: 0.03})})
        plan = structs.replace(one.benchmarks.plan, profile=profile)
        one = structs.replace(one, benchmarks=structs.replace(one.benchmarks, plan=plan))
        return " ".join(plain(line) for line in probe_page(one, 1000))

    assert "what a newcomer gets" in page("default")
    assert "newcomer" not in page("matched")
