"""Eight cases at once: what would be sure enough alone need not be in such company."""

from __future__ import annotations

import math

import pytest

from probes.bench.analysis import analyse
from probes.bench.document import Benchmarks, Pair
from probes.bench.holm import chance_within_band
from probes.bench.statistics import paired_interval
from tests.probes.bench.cells import PE, TF, cell, copied, workload

STEADY = [1.0, 1.01, 0.99, 1.0, 1.01, 0.99]
# Logarithms of six ratios with the mean 0 and the standard deviation 1.
SPREAD = [n * (7 / 2) ** -0.5 for n in (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)]
DEVIATION = 0.05


def slower_by(errors_beyond_the_band: float) -> list[float]:
    """Return times that lie so many standard errors beyond a ratio of 1.05."""
    centre = math.log(1.05) + errors_beyond_the_band * DEVIATION / math.sqrt(6)
    return [
        one * math.exp(centre + DEVIATION * part) for one, part in zip(STEADY, SPREAD, strict=True)
    ]


SAME, CLEAR, MARGINAL = slower_by(-2.0), slower_by(12.0), slower_by(3.0)


def compared(*cases: list[float]) -> list[Pair]:
    """Return the pairs of TensorFlow and PyTorch, which is the slower one, case by case."""
    workloads = {
        f"case-{number}": workload({PE: cell(PE, times), TF: cell(TF, STEADY)})
        for number, times in enumerate(cases)
    }
    # A machine on which nothing moves, so that Holm's correction alone withholds.
    quiet = [one * (1.001 if n % 2 else 0.999) for n, one in enumerate(cases[0])]
    still = {
        name: cell(PE, [a * b / c for a, b, c in zip(times, quiet, cases[0], strict=True)])
        for name, times in zip(workloads, cases, strict=True)
    }
    found, _ = analyse(Benchmarks(workloads=workloads), copied(still))
    return [one.pairs[0] for one in found.workloads.values()]


def test_alone_the_marginal_case_is_sure_enough() -> None:
    (pair,) = compared(MARGINAL)
    assert (pair.verdict, pair.note) == ("slower", "")
    interval = paired_interval(MARGINAL, STEADY)
    assert interval is not None
    # Surer than 2.5 %, less sure than an eighth of that.
    assert 0.025 / 8 < chance_within_band(interval, 0.05) < 0.025


def test_among_eight_the_marginal_case_is_withheld_with_its_note() -> None:
    *others, last = compared(*[SAME] * 7, MARGINAL)
    assert last.verdict == "undecided"
    assert last.note == "not sure enough for one of 8 comparisons made at once"
    # What was measured stays to be seen.
    assert last.low is not None and last.low > 1.05
    assert {pair.verdict for pair in others} == {"undecided"}
    assert not any("at once" in pair.note for pair in others)


def test_a_clear_case_holds_in_any_company() -> None:
    *_, last = compared(*[SAME] * 7, CLEAR)
    assert (last.verdict, last.note) == ("slower", "")


def test_every_case_that_holds_makes_it_easier_for_the_next() -> None:
    *others, last = compared(*[CLEAR] * 7, MARGINAL)
    assert {pair.verdict for pair in others} == {"slower"}
    assert (last.verdict, last.note) == ("slower", "")


def test_where_one_case_does_not_hold_none_after_it_does() -> None:
    pairs = compared(MARGINAL, MARGINAL)
    assert [pair.verdict for pair in pairs] == ["undecided"] * 2


def test_a_case_that_failed_makes_nothing_harder() -> None:
    workloads = {
        "failed": workload({PE: cell(PE, STEADY, status="failed"), TF: cell(TF, STEADY)}),
        "marginal": workload({PE: cell(PE, MARGINAL), TF: cell(TF, STEADY)}),
    }
    found, _ = analyse(Benchmarks(workloads=workloads), None)
    assert found.workloads["failed"].pairs[0].verdict == "not-comparable"
    assert found.workloads["marginal"].pairs[0].verdict == "slower"


def test_times_that_never_vary_leave_no_doubt_about_either_side_of_the_band() -> None:
    for ratio, chance in ((1.06, 0.0), (1.04, 1.0)):
        interval = paired_interval([ratio] * 6, [1.0] * 6)
        assert interval is not None and interval.deviation == pytest.approx(0.0, abs=1e-12)
        assert chance_within_band(interval, 0.05) == chance
