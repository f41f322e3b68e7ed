"""The statistics against scipy, and by simulation: what the verdicts promise, they keep."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from probes.bench.statistics import Interval, paired_interval, t_distribution, t_quantile
from probes.bench.verdicts import BAND, Judgement, Noise, judge, judge_noise

QUIET = Noise(True, 0.02)
BETWEEN, WITHIN = 0.03, 0.02


@given(st.floats(0.001, 0.999), st.integers(1, 200))
def test_quantiles_are_scipys(probability: float, freedom: int) -> None:
    expected = float(stats.t.ppf(probability, freedom))
    assert t_quantile(probability, freedom) == pytest.approx(expected, rel=1e-8, abs=1e-9)


@given(st.floats(-50, 50), st.floats(0.5, 300))
def test_the_distribution_is_scipys(t: float, freedom: float) -> None:
    expected = float(stats.t.cdf(t, freedom))
    assert t_distribution(t, freedom) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(
    st.lists(st.tuples(st.floats(1e-6, 10), st.floats(1e-6, 10)), min_size=2, max_size=30).filter(
        lambda pairs: len({round(math.log(a / b), 6) for a, b in pairs}) > 1
    )
)
def test_the_interval_is_scipys_paired_t_on_logarithms(pairs: list[tuple[float, float]]) -> None:
    a, b = [x for x, _ in pairs], [y for _, y in pairs]
    interval = paired_interval(a, b)
    assert interval is not None
    expected = stats.ttest_rel([math.log(x) for x in a], [math.log(y) for y in b])
    low, high = expected.confidence_interval(0.95)
    assert math.log(interval.low) == pytest.approx(low, rel=1e-6, abs=1e-9)
    assert math.log(interval.high) == pytest.approx(high, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("probability", "freedom"), [(0.0, 5), (1.0, 5), (0.5, 0)])
def test_a_quantile_that_does_not_exist_is_an_error(probability: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        t_quantile(probability, freedom)


def test_one_block_gives_no_interval() -> None:
    assert paired_interval([1.0], [1.0]) is None


def simulate(random_source: random.Random, blocks: int, ratio: float) -> Interval:
    """Two arms whose processes spread by 3 % and whose medians spread by 2 % / √5."""

    def process(base: float) -> float:
        centre = base * math.exp(random_source.gauss(0, BETWEEN))
        samples = sorted(centre * math.exp(random_source.gauss(0, WITHIN)) for _ in range(5))
        return samples[2]

    drift = [1.0 + 0.01 * block for block in range(blocks)]
    a = [process(ratio * level) for level in drift]
    b = [process(level) for level in drift]
    interval = paired_interval(a, b)
    assert interval is not None
    return interval


def judged(random_source: random.Random, ratio: float) -> Judgement:
    copy = simulate(random_source, 6, 1.0)
    return judge(simulate(random_source, 6, ratio), judge_noise(copy))


def test_identical_arms_get_a_false_verdict_in_at_most_five_per_cent() -> None:
    source = random.Random(2026)
    runs = [judged(source, 1.0) for _ in range(1000)]
    false = sum(one.verdict in ("faster", "slower") for one in runs)
    assert false <= 50


def test_the_interval_itself_covers_what_it_promises() -> None:
    source = random.Random(11)
    intervals = [simulate(source, 6, 1.0) for _ in range(2000)]
    missed = sum(not one.low <= 1.0 <= one.high for one in intervals)
    # 5 % of 2000 is 100; three standard deviations are 30.
    assert 70 <= missed <= 130


def test_a_slow_down_of_fifteen_per_cent_is_never_called_equivalent() -> None:
    source = random.Random(5)
    runs = [judged(source, 1.15) for _ in range(500)]
    assert not any(one.verdict in ("equivalent", "faster") for one in runs)


def test_on_a_quiet_machine_a_slow_down_of_fifteen_per_cent_is_found() -> None:
    source = random.Random(5)
    found = sum(judge(simulate(source, 6, 1.15), QUIET).verdict == "slower" for _ in range(500))
    assert found >= 450


def interval(low: float, high: float, blocks: int = 6) -> Interval:
    half = 0.5 * (math.log(high) - math.log(low))
    deviation = half * math.sqrt(blocks) / t_quantile(0.975, blocks - 1)
    return Interval(math.sqrt(low * high), low, high, blocks, deviation)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (1.10, 1.20, "slower"),
        (0.80, 0.90, "faster"),
        (0.97, 1.03, "equivalent"),
        (1.01, 1.04, "equivalent"),  # a difference, and too small to matter
        (1.02, 1.10, "undecided"),
        (0.80, 1.30, "undecided"),
    ],
)
def test_the_verdict_follows_the_band(low: float, high: float, verdict: str) -> None:
    assert judge(interval(low, high), QUIET).verdict == verdict


def test_fewer_than_six_blocks_never_decide() -> None:
    judgement = judge(interval(1.5, 1.6, blocks=5), QUIET)
    assert judgement.verdict == "undecided"
    assert judgement.blocks_needed == 6


@pytest.mark.parametrize("copy", [(1.01, 1.04), (0.90, 1.10), (0.7, 0.8)])
def test_a_copy_that_differs_makes_the_machine_noisy(copy: tuple[float, float]) -> None:
    noise = judge_noise(interval(*copy))
    assert not noise.quiet
    assert judge(interval(0.97, 1.03), noise).verdict == "undecided"


def test_a_noisy_machine_withholds_differences_that_it_shows_by_itself() -> None:
    noise = judge_noise(interval(0.80, 1.10))
    assert noise.floor == pytest.approx(0.25)
    assert judge(interval(1.10, 1.20), noise).verdict == "undecided"
    large = judge(interval(1.40, 1.60), noise)
    assert (large.verdict, large.band) == ("slower", pytest.approx(0.25))


def test_without_a_copy_nothing_is_called_equivalent() -> None:
    judgement = judge(interval(0.98, 1.02), judge_noise(None))
    assert judgement.verdict == "undecided"
    assert "not known" in judgement.note


def test_the_blocks_needed_would_indeed_decide() -> None:
    undecided = interval(1.00, 1.22)
    judgement = judge(undecided, QUIET)
    needed = judgement.blocks_needed
    assert needed is not None and needed > 6

    def half(blocks: int) -> float:
        return t_quantile(0.975, blocks - 1) * undecided.deviation / math.sqrt(blocks)

    distance = abs(math.log(undecided.ratio) - math.log1p(BAND))
    assert half(needed) < distance <= half(needed - 1)


def test_a_ratio_on_the_edge_of_the_band_promises_no_number_of_blocks() -> None:
    edge = 1.0 + BAND
    assert judge(interval(edge / 1.1, edge * 1.1), QUIET).blocks_needed is None
