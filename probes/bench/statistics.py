"""The arithmetic of a comparison: paired t interval on log ratios, in plain Python.

Neither numpy nor scipy may be needed to read a result, so Student's t is computed here (incomplete
beta by continued fraction: Press et al., Numerical Recipes, 3rd ed., section 6.4). Tests hold it
against scipy. A percentile bootstrap is not used: over 5 to 10 blocks it covers too little.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

CONFIDENCE = 0.95
_TINY = 1e-300
_PRECISION = 1e-15


class Interval(Struct, frozen=True):
    """A ratio of times with its confidence interval, from ``blocks`` pairs."""

    ratio: float
    low: float
    high: float
    blocks: int
    deviation: float
    """Standard deviation of the log ratios between blocks."""


def paired_interval(
    a: Sequence[float], b: Sequence[float], confidence: float = CONFIDENCE
) -> Interval | None:
    """Return time of a ÷ time of b with its interval, or ``None`` for fewer than two pairs.

    Args:
        a: One time per block (seconds per call).
        b: The times of the other arm in the same blocks, in the same order.
        confidence: Coverage of the interval.
    """
    differences = [math.log(x) - math.log(y) for x, y in zip(a, b, strict=True)]
    count = len(differences)
    if count < 2:
        return None
    mean = math.fsum(differences) / count
    deviation = statistics.stdev(differences)
    half = t_quantile(0.5 + confidence / 2, count - 1) * deviation / math.sqrt(count)
    return Interval(math.exp(mean), math.exp(mean - half), math.exp(mean + half), count, deviation)


def t_distribution(t: float, freedom: float) -> float:
    """Return P(T ≤ t) for Student's t with ``freedom`` degrees of freedom."""
    if t * t < freedom:
        # Near the middle the tail is one half less something tiny, which would cancel out.
        inside = 0.5 * _incomplete_beta(0.5, freedom / 2, t * t / (freedom + t * t))
        return 0.5 + math.copysign(inside, t)
    tail = 0.5 * _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))
    return tail if t < 0 else 1.0 - tail


@lru_cache(maxsize=4096)
def t_quantile(probability: float, freedom: float) -> float:
    """Return the t with P(T ≤ t) = ``probability``, by bisection.

    Raises:
        ValueError: ``probability`` is not between 0 and 1, or ``freedom`` is not positive.
    """
    if not 0.0 < probability < 1.0 or freedom <= 0:
        raise ValueError("probability must lie between 0 and 1, freedom above 0")
    if probability < 0.5:
        return -t_quantile(1.0 - probability, freedom)
    low, high = 0.0, 1.0
    while t_distribution(high, freedom) < probability:
        low, high = high, high * 2.0
    while high - low > 1e-12 * max(1.0, high):
        middle = 0.5 * (low + high)
        if t_distribution(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _incomplete_beta(a: float, b: float, x: float) -> float:
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    # The fraction converges quickly on one side only; the other side follows by symmetry.
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _continued_fraction(a, b, x) / a
    return 1.0 - front * _continued_fraction(b, a, 1.0 - x) / b


def _continued_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    result = d
    for step in range(1, 500):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            result *= c * d
        if abs(c * d - 1.0) < _PRECISION:
            break
    return result


def _away_from_zero(value: float) -> float:
    return _TINY if abs(value) < _TINY else value
