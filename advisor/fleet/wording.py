"""Figures and outliers in words; units a person reads."""

from __future__ import annotations

from .outliers import Common, Spread

SIZES = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
TIMES = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
FEW = 4


def quantity(value: float, unit: str) -> str:
    """Return a number with its unit, in at most four digits."""
    if unit == "bytes":
        return _size(value)
    if unit == "seconds":
        return _time(value)
    return f"{value:.15g}"


def _size(value: float) -> str:
    for name in SIZES[:-1]:
        if value < 1024:
            return f"{value:.4g} {name}"
        value /= 1024
    return f"{value:.4g} {SIZES[-1]}"


def _time(value: float) -> str:
    for least, name in TIMES:
        if value >= least:
            return f"{value / least:.3g} {name}" if value < 1000 else f"{value:.0f} s"
    return f"{value / TIMES[-1][0]:.2g} {TIMES[-1][1]}"


def number_words(figure: str, unit: str, value: float, found: Spread) -> str:
    """Return in a sentence how far a number lies off."""
    here, there = quantity(value, unit), quantity(found.median, unit)
    times = f", {value / found.median:.3g} times as much" if found.median > 0 else ""
    return (
        f"{figure}: {here}{times} where the median of {found.machines} like machines is {there} "
        f"(MAD {quantity(found.mad, unit)})"
    )


def category_words(figure: str, value: str, found: Common) -> str:
    """Return in a sentence how a value differs from what nearly all have."""
    return (
        f"{figure}: {value}, where {found.have_it} of {found.machines} machines of the same "
        f"hardware have {found.value}"
    )
