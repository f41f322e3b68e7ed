"""Machines that differ from machines like them.

Numbers: the modified z-score 0.6745 · (x − median) ÷ MAD beyond 3.5, with at least five alike
(Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). Where more than half of the values
are equal the MAD is zero; then 1.253314 times the mean absolute deviation stands for the standard
deviation (as in IBM Cognos Analytics, "Modified z score"). Categories: a value that nearly all
have makes an outlier of whoever has another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from statistics import fmean, median

import msgspec

LEAST_ALIKE = 5
LIMIT = 3.5
MAD_FACTOR = 0.6745
"""The MAD of a normal distribution in standard deviations."""
MEAN_FACTOR = 1.253314
"""A standard deviation of a normal distribution in mean absolute deviations."""
COMMON_SHARE = 0.75
"""What three quarters have is what machines of a kind should have."""


class Spread(msgspec.Struct, frozen=True):
    """Middle and width of one figure over like machines, and who lies far off (host → score)."""

    machines: int
    median: float
    mad: float
    far_off: Mapping[str, float]


class Common(msgspec.Struct, frozen=True):
    """The value that nearly all have, how many were asked, and who has another."""

    value: str
    have_it: int
    machines: int
    others: Mapping[str, str]


def spread(values: Mapping[str, float], band: float) -> Spread | None:
    """Return the spread of host → number, None for fewer than five.

    Differences within `band`, as a share of the median, are never far off.
    """
    if len(values) < LEAST_ALIKE:
        return None
    middle = median(values.values())
    deviations = [abs(value - middle) for value in values.values()]
    mad, mean = median(deviations), fmean(deviations)
    scale = mad / MAD_FACTOR if mad > 0 else MEAN_FACTOR * mean
    return Spread(
        machines=len(values),
        median=middle,
        mad=mad,
        far_off=dict(_far_off(values, middle, scale, band)),
    )


def _far_off(
    values: Mapping[str, float], middle: float, scale: float, band: float
) -> Iterator[tuple[str, float]]:
    if scale <= 0:
        return
    for host, value in values.items():
        score = (value - middle) / scale
        if abs(score) > LIMIT and abs(value - middle) > band * abs(middle):
            yield host, score


def common(values: Mapping[str, str]) -> Common | None:
    """Return the common value of host → value, None if too few have the same."""
    if not values:
        return None
    value, count = Counter(values.values()).most_common(1)[0]
    if count < LEAST_ALIKE or count < COMMON_SHARE * len(values):
        return None
    others = {host: other for host, other in values.items() if other != value}
    return Common(value, count, len(values), others)
