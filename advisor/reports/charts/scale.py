"""From values to places on an axis, and round numbers to write along it. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

LEAST_SPAN = math.log(1.25)
MOST_SPAN = math.log(1e6)
FEW = 8.0
NEAR_ONE = (0.6, 0.7, 0.8, 0.9, 1.1, 1.25, 1.5)


class Scale(Struct, frozen=True):
    """Places values between 0 and 1."""

    low: float
    high: float
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Return where a value stands, never outside."""
        if self.logarithmic:
            value = math.log(min(max(value, self.low), self.high))
            low, high = math.log(self.low), math.log(self.high)
        else:
            low, high = self.low, self.high
        return min(1.0, max(0.0, (value - low) / (high - low)))

    def ticks(self) -> list[float]:
        """Return a few round numbers on the axis."""
        return _log_ticks(self.low, self.high) if self.logarithmic else _ticks(self.high)


def around(values: Sequence[float], reference: float) -> Scale:
    """Return a logarithmic scale that holds the values and has the reference in its middle."""
    spans = [abs(math.log(value / reference)) for value in values]
    span = min(MOST_SPAN, max([LEAST_SPAN, *spans]) * 1.05)
    return Scale(reference * math.exp(-span), reference * math.exp(span), True)


def from_zero(values: Sequence[float]) -> Scale:
    """Return a scale from zero to the largest value."""
    return Scale(0.0, (max(values, default=0.0) or 1.0) * 1.02)


def over(values: Sequence[float]) -> Scale:
    """Return a logarithmic scale from the smallest to the largest value."""
    low, high = min(values, default=1.0), max(values, default=10.0)
    if high / low < 1.25:
        low, high = low / 1.2, high * 1.2
    return Scale(low, high, True)


def _ticks(high: float) -> list[float]:
    step = 10.0 ** math.floor(math.log10(high))
    for divisor in (1, 2, 5, 10):
        if high / (step / divisor) >= 3:
            step /= divisor
            break
    return [step * number for number in range(int(high / step) + 1)]


def _log_ticks(low: float, high: float) -> list[float]:
    whole = math.log10(high / low) > 2
    candidates = [
        (1.0 if whole else base) * 10.0**power
        for power in range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
        for base in (1, 2, 5)
    ]
    candidates += NEAR_ONE if high / low < FEW else ()
    inside = sorted({round(value, 12) for value in candidates if low <= value <= high})
    while len(inside) > 7:
        inside = inside[::2] if 1.0 not in inside else _thinned(inside)
    return inside


def _thinned(ticks: list[float]) -> list[float]:
    """Leave every second one out, but keep 1."""
    middle = ticks.index(1.0)
    return [tick for place, tick in enumerate(ticks) if (place - middle) % 2 == 0]
