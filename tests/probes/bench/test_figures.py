"""What follows from the times of a cell, worked out by hand beside the analysis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from probes.bench import roof
from probes.bench.derived import never_pays
from probes.bench.document import BlockConditions, Case, Figure, Roof
from tests.probes.bench.cells import PC, PE, TF, analysed, cell
from tests.probes.bench.plans import BUCKETED, COMPILE_BLOCK, MEMORY, SERVE

ROOF = Roof(threads=1, gflops=100.0, gigabytes_per_second=50.0, how="made")
PRODUCT = Case(id="matmul-100", workload="matmul", sizes={"m": 100, "k": 100, "n": 100})
BY_A_VECTOR = Case(id="matmul-1000", workload="matmul", sizes={"m": 1000, "k": 1000, "n": 1})

# Two operations for each of 100³ pairs: 0.002 · 10⁹, at 100 · 10⁹ per second.
PRODUCT_SECONDS = 20e-6
# A million numbers of four bytes and two thousand more: 0.004008 · 10⁹, at 50 · 10⁹ per second.
BY_A_VECTOR_SECONDS = 80.16e-6


def test_where_arithmetic_binds_the_share_is_that_of_the_best_product() -> None:
    found = analysed({PE: cell(PE, [4 * PRODUCT_SECONDS])}, PRODUCT, ROOF)[PE]
    assert found.roof_share == pytest.approx(0.25)


def test_where_memory_binds_the_share_is_that_of_the_best_copy() -> None:
    found = analysed({PE: cell(PE, [2 * BY_A_VECTOR_SECONDS])}, BY_A_VECTOR, ROOF)[PE]
    assert found.roof_share == pytest.approx(0.5)


def test_work_per_second_is_the_work_of_a_call_in_the_median_of_the_blocks() -> None:
    times = [80e-6, 1.0, 79e-6]
    assert analysed({PE: cell(PE, times)}, PRODUCT)[PE].work_per_second == pytest.approx(25.0)


def test_a_peak_of_memory_has_no_rate() -> None:
    found = analysed({PE: cell(PE, [4e8])}, MEMORY, ROOF)[PE]
    assert found.median_seconds == 4e8
    assert found.work_per_second is None and found.roof_share is None


def test_compiling_has_paid_when_it_has_saved_what_it_cost() -> None:
    arms = {
        PE: cell(PE, [0.010], first_call_seconds=0.1),
        PC: cell(PC, [0.005], first_call_seconds=5.1),
        TF: cell(TF, [0.005], first_call_seconds=5.1),
    }
    found = analysed(arms)
    # Five seconds more at first, five milliseconds less with every call.
    assert found[PC].break_even_calls == pytest.approx(1000.0)
    assert found[PE].break_even_calls is None
    # Its own framework was not measured without compiling, and the other one's does not count.
    assert found[TF].break_even_calls is None


def test_compiling_that_saves_nothing_never_pays() -> None:
    arms = {
        PE: cell(PE, [0.005], first_call_seconds=0.1),
        PC: cell(PC, [0.005], first_call_seconds=5.1),
    }
    assert analysed(arms)[PC].break_even_calls is None


@pytest.mark.parametrize("case", [COMPILE_BLOCK, BUCKETED], ids=lambda case: case.id)
def test_where_the_first_call_is_not_the_price_nothing_is_said_of_paying(case: Case) -> None:
    arms = {
        PE: cell(PE, [0.010], first_call_seconds=0.1),
        PC: cell(PC, [0.005], first_call_seconds=5.1),
    }
    assert analysed(arms)[PC].break_even_calls is not None
    assert analysed(arms, case)[PC].break_even_calls is None


def test_what_saves_nothing_is_told_from_what_is_not_known() -> None:
    eager, same, faster = cell(PE, [0.01]), cell(PC, [0.01]), cell(PC, [0.005])
    said = {
        name: analysed({PE: eager, PC: one}) for name, one in (("same", same), ("less", faster))
    }
    assert never_pays("matmul", PC, said["same"])
    assert not never_pays("matmul", PE, said["same"])
    assert not never_pays("matmul", PC, said["less"])
    assert not never_pays("matmul", PC, analysed({PC: same}))
    # A first call that compiles is longer than one that does not; that is no loss.
    assert not never_pays("compile", PC, analysed({PE: eager, PC: same}, COMPILE_BLOCK))


def test_an_export_is_part_of_what_compiling_cost() -> None:
    def served(arm: str, seconds: float, first: float, export: float | None) -> Any:
        figures = {"export": Figure(unit="s", values=[export])}
        return cell(arm, [seconds], first_call_seconds=first, figures=figures)

    eager = served(PE, 0.010, 0.1, 2.0)
    exported = {PE: eager, PC: served(PC, 0.005, 0.1, 62.0)}
    assert analysed(exported, SERVE)[PC].break_even_calls == pytest.approx(60.0 / 0.005)
    untold = {PE: eager, PC: served(PC, 0.005, 0.1, None)}
    assert analysed(untold, SERVE)[PC].break_even_calls is None


STALE = {
    "median_seconds": 1.0,
    "work_per_second": 2.0,
    "roof_share": 3.0,
    "break_even_calls": 4.0,
    "figures": {"first-token": Figure(unit="s", values=[], median=5.0)},
}


def test_what_no_longer_follows_from_the_samples_is_gone() -> None:
    found = analysed({PE: cell(PE, [], **STALE), PC: cell(PC, [], **STALE)}, PRODUCT, ROOF)
    for one in found.values():
        assert one.median_seconds is one.work_per_second is one.roof_share is None
        assert one.break_even_calls is None
        assert one.figures["first-token"].median is None


def test_without_a_roof_there_is_no_share_of_it() -> None:
    stale = {PE: cell(PE, [0.01], **STALE)}
    assert analysed(stale, PRODUCT)[PE].roof_share is None


def test_what_is_not_known_of_a_workload_is_not_made_up() -> None:
    elsewhere = Case(id="matmul-other", workload="matmul", sizes={"rows": 3})
    found = analysed({PE: cell(PE, [0.01], **STALE)}, elsewhere, ROOF)[PE]
    assert found.work_per_second is None and found.roof_share is None


def disturbed(block: int, of: int) -> list[BlockConditions]:
    """Return the conditions of so many blocks, one of which something else disturbed."""
    return [
        BlockConditions(block=n, seconds=1.0, dirty=["other processes"] if n == block else [])
        for n in range(1, of + 1)
    ]


def test_a_disturbed_block_counts_in_no_median_if_six_others_remain() -> None:
    times = [1.0, 1.0, 1.0, 2.0, 3.0, 3.0, 9.0]
    figures = {"first-token": Figure(unit="s", values=list(times))}
    arms = {PE: cell(PE, times, figures=figures)}
    found = analysed(arms, conditions=disturbed(7, of=7))[PE]
    assert found.median_seconds == found.figures["first-token"].median == 1.5
    # It stays where it was measured.
    assert found.samples[6] == [9.0, 9.0, 9.0]
    assert found.figures["first-token"].values[6] == 9.0
    counted = analysed({PE: cell(PE, times[1:], figures={})}, conditions=disturbed(6, of=6))[PE]
    assert counted.median_seconds == 2.5


def test_what_only_a_disturbed_block_told_is_not_lost() -> None:
    figures = {"export": Figure(unit="s", values=[30.0, *[None] * 6])}
    arms = {PE: cell(PE, [1.0] * 7, figures=figures)}
    assert analysed(arms, conditions=disturbed(1, of=7))[PE].figures["export"].median == 30.0


def measured_roof(monkeypatch: pytest.MonkeyPatch, best: Callable[[Any], float]) -> dict[str, Any]:
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr(roof, "_best", best)
    monkeypatch.setattr(roof, "COPY_BYTES", 1 << 16)
    roof.main({"threads": 2}, lines.append)
    return lines[0]


def test_the_roof_is_products_and_copies_in_the_best_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def half_a_second(work: Callable[[], Any]) -> float:
        work()
        return 0.5

    found = measured_roof(monkeypatch, half_a_second)
    # The larger of two sizes takes as long here, so it is the better rate.
    assert found["gflops"] == pytest.approx(2 * 1024**3 / 1e9 / 0.5)
    # Read and written.
    assert found["gigabytes_per_second"] == pytest.approx(2 * (1 << 16) / 1e9 / 0.5)
    assert "2 thread(s)" in found["how"]


def test_a_roof_is_the_best_try_and_the_first_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengths = iter([0.1, 5.0, 3.0, 2.0, 4.0, 5.0, 5.0, 5.0, 5.0])
    now = [0.0]

    def work() -> None:
        now[0] += next(lengths)

    monkeypatch.setattr(roof.time, "perf_counter", lambda: now[0])
    assert roof._best(work) == pytest.approx(2.0)
