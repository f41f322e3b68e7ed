"""A value with its unit, as short as it can be said."""

from __future__ import annotations

SECONDS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
BYTES = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "bytes"))


def amount(value: float | None, unit: str) -> str:
    """Return a value in words; seconds and bytes get the unit that suits their size."""
    if value is None:
        return "not measured"
    for name, units in (("s", SECONDS), ("bytes", BYTES)):
        if unit == name:
            factor, short = next((one for one in units if value >= one[0]), units[-1])
            return f"{_number(value / factor)} {short}"
    return f"{_number(value)} {unit}".strip()


def _number(value: float) -> str:
    return f"{value:.0f}" if 100 <= value < 1e6 else f"{value:.3g}"
