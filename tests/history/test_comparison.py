"""Two runs compared: intervals that cover, verdicts that hold back, words that say why."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from scipy import stats

from advisor.documents.run_comparison import ArmComparison, RunComparison
from advisor.history.comparison import Side, compare_runs
from advisor.history.welch import unpaired_interval
from advisor.reports.page import cells, plain
from advisor.reports.run_comparison import comparison_page
from probes.bench.document import BlockConditions
from probes.document import Environment, ProbeDocument
from probes.evidence import found
from tests.store.making import ARMS, CASE, STEADY, cell, framework, hardware, measured

TIMES = st.lists(st.floats(1e-6, 1e3), min_size=2, max_size=12)


def scaled(factor: float, values: Sequence[float] = STEADY) -> list[float]:
    return [factor * value for value in values]


def with_torch(factor: float, **changes: Any) -> ProbeDocument:
    return measured({ARMS[0]: scaled(factor), ARMS[1]: STEADY}, **changes)


def compared(old: ProbeDocument, new: ProbeDocument) -> RunComparison:
    return compare_runs(Side("r1-aaa", old), Side("r2-bbb", new))


def torch(document: RunComparison) -> ArmComparison:
    return next(arm for arm in document.arms if arm.arm == ARMS[0])


@given(new=TIMES, old=TIMES)
def test_the_interval_is_that_of_scipy(new: list[float], old: list[float]) -> None:
    interval = unpaired_interval(new, old)
    assert interval is not None
    assert interval.low <= interval.ratio <= interval.high
    if min(np.std(np.log(new)), np.std(np.log(old))) < 1e-6:
        return  # scipy calls this a loss of precision
    reference = stats.ttest_ind(np.log(new), np.log(old), equal_var=False).confidence_interval()
    assert math.log(interval.low) == pytest.approx(reference.low, rel=1e-6, abs=1e-9)
    assert math.log(interval.high) == pytest.approx(reference.high, rel=1e-6, abs=1e-9)


@given(new=TIMES, old=TIMES)
def test_the_other_way_round_it_is_the_inverse(new: list[float], old: list[float]) -> None:
    there, back = unpaired_interval(new, old), unpaired_interval(old, new)
    assert there is not None and back is not None
    assert there.low * back.high == pytest.approx(1.0)
    assert there.ratio * back.ratio == pytest.approx(1.0)


def test_it_covers_the_truth_as_often_as_it_says() -> None:
    dice = random.Random(7)
    hits = 0
    for _ in range(2000):
        new = [math.exp(dice.gauss(0.1, 0.06)) for _ in range(6)]
        old = [math.exp(dice.gauss(0.0, 0.02)) for _ in range(8)]
        interval = unpaired_interval(new, old)
        assert interval is not None
        hits += interval.low <= math.exp(0.1) <= interval.high
    assert 0.935 <= hits / 2000 <= 0.965


@pytest.mark.parametrize("blocks", [0, 1])
def test_too_few_blocks_have_no_interval(blocks: int) -> None:
    assert unpaired_interval([1.0] * blocks, [1.0, 2.0]) is None


def test_blocks_that_are_all_alike_have_an_interval_without_width() -> None:
    interval = unpaired_interval([1.0, 1.0], [2.0, 2.0])
    assert interval is not None
    assert (interval.ratio, interval.low, interval.high) == pytest.approx((0.5, 0.5, 0.5))


def test_a_framework_that_became_faster_is_found() -> None:
    new = with_torch(
        0.8,
        frameworks={"pytorch": framework("2.14.0"), "tensorflow": framework("2.21.0")},
    )
    document = compared(with_torch(1.0), new)
    assert document.same_machine and document.comparable and document.reason == ""
    assert [(one.what, one.old, one.new) for one in document.versions] == [
        ("pytorch", "2.13.0", "2.14.0")
    ]
    assert {arm.arm: arm.verdict for arm in document.arms} == {
        ARMS[0]: "faster",
        ARMS[1]: "equivalent",
    }
    assert torch(document).ratio == pytest.approx(0.8)
    assert torch(document).blocks_old == torch(document).blocks_new == 6
    assert document.verdicts == {"faster": 1, "equivalent": 1}
    assert "not paired" in document.method


def test_the_same_run_twice_is_no_difference() -> None:
    document = compared(measured(), measured())
    assert {arm.verdict for arm in document.arms} == {"equivalent"}


def test_another_machine_shows_figures_and_concludes_nothing() -> None:
    new = with_torch(0.5, hardware=hardware(cpu_model=found("Another CPU", "x")))
    document = compared(with_torch(1.0), new)
    assert not document.same_machine and not document.comparable
    assert "the machines differ" in document.reason
    assert [one.what for one in document.machine] == ["processor"]
    assert {arm.verdict for arm in document.arms} == {"not-comparable"}
    assert torch(document).ratio == pytest.approx(0.5)
    page = "\n".join(map(plain, comparison_page(document, 80)))
    assert "Made-up CPU → Another CPU" in page and "×0.50" in page
    assert "nothing can be concluded" in " ".join(page.split())
    assert "faster" not in page


def test_machines_that_are_not_known_are_not_the_same() -> None:
    document = compared(measured(hardware={}), measured(hardware={}))
    assert not document.same_machine and "not known" in document.reason


@pytest.mark.parametrize("plan", [{"threads": 1}, {"device": "cuda"}, {"short_waits": True}])
def test_other_conditions_conclude_nothing(plan: dict[str, Any]) -> None:
    document = compared(measured(), with_torch(0.5, plan=plan))
    assert document.same_machine and not document.comparable
    assert "the conditions differ" in document.reason
    assert {arm.verdict for arm in document.arms} == {"not-comparable"}


def test_the_noise_of_either_run_widens_the_band() -> None:
    noisy = [1.0, 1.3, 0.8, 1.25, 0.85, 1.1]
    for old, new in (
        (with_torch(1.0, copy=noisy), with_torch(0.85)),
        (with_torch(1.0), with_torch(0.85, copy=scaled(0.85, noisy))),
    ):
        document = compared(old, new)
        assert torch(document).verdict == "undecided"
        assert torch(document).band > 0.15 and "differ by up to" in torch(document).note
        assert any("noisy machine" in warning for warning in document.warnings)


def test_without_a_copy_nothing_is_called_equivalent() -> None:
    document = compared(measured(copy=None), measured())
    assert {arm.verdict for arm in document.arms} == {"undecided"}


def test_an_interrupted_run_has_too_few_blocks_to_decide() -> None:
    few = measured(dict.fromkeys(ARMS, tuple(scaled(0.5, STEADY[:3]))))
    few = structs.replace(few, benchmarks=structs.replace(few.benchmarks, interrupted=True))
    document = compared(measured(), few)
    assert torch(document).verdict == "undecided" and "only 3" in torch(document).note
    assert any("r2-bbb was interrupted" in warning for warning in document.warnings)


def test_an_arm_that_crashed_is_shown_with_its_reason() -> None:
    new = measured()
    case = new.benchmarks.workloads[CASE.id]
    broken = cell(ARMS[0], [], status="crashed", reason="signal 11")
    cases = {CASE.id: structs.replace(case, arms={**case.arms, ARMS[0]: broken})}
    new = structs.replace(new, benchmarks=structs.replace(new.benchmarks, workloads=cases))
    document = compared(measured(), new)
    assert torch(document).verdict == "not-comparable"
    assert torch(document).note == "new run: crashed" and torch(document).ratio is None


def test_what_only_one_run_has_is_named() -> None:
    document = compared(
        measured({ARMS[0]: STEADY, "jax/jit": STEADY}), measured({ARMS[0]: STEADY, ARMS[1]: STEADY})
    )
    assert document.only_old == (f"{CASE.id}: jax/jit",)
    assert document.only_new == (f"{CASE.id}: {ARMS[1]}",)
    assert [arm.arm for arm in document.arms] == [ARMS[0]]


def test_a_case_of_the_same_name_with_other_sizes_is_another_case() -> None:
    new = measured()
    case = structs.replace(new.benchmarks.workloads[CASE.id], sizes={"m": 48})
    new = structs.replace(
        new, benchmarks=structs.replace(new.benchmarks, workloads={CASE.id: case})
    )
    document = compared(measured(), new)
    assert document.arms == () and len(document.only_old) == len(document.only_new) == 2


def test_blocks_that_were_disturbed_do_not_count() -> None:
    blocks = [BlockConditions(block=n, seconds=1.0, dirty=["load"] * (n == 7)) for n in range(1, 8)]
    new = measured(
        dict.fromkeys(ARMS, (*STEADY, 9.0)),
        environment=Environment(threads=2, blocks=blocks),
    )
    document = compared(measured(), new)
    assert torch(document).blocks_new == 6
    assert torch(document).ratio == pytest.approx(1.0)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_page_fits_any_width(width: int) -> None:
    other = {"pytorch": framework("2.14.0+cu128.with.a.long.name")}
    for document in (
        compared(with_torch(1.0), with_torch(0.8, frameworks=other)),
        compared(measured({ARMS[0]: STEADY}), measured({ARMS[1]: STEADY}, hardware={})),
    ):
        lines = [plain(line) for line in comparison_page(document, width)]
        assert all(cells(line) <= width for line in lines), lines
        assert "Blocks of two runs are not paired" in " ".join(" ".join(lines).split())
