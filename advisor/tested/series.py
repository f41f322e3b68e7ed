"""One value per block of any quantity of a cell. A document may come from anywhere: nothing raises.

Values that are no positive finite number are left out, for no ratio can be made of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import isfinite

from probes.bench.document import Cell, Workload
from probes.bench.medians import block_medians

PER_CALL, FIRST_CALL, FIRST_PASS = "per-call", "first-call", "first-pass"
LARGEST = 1e15


def series(cell: Cell, quantity: str, without: Collection[int] = ()) -> dict[int, float]:
    """Return block → value; empty if the cell does not have the quantity."""
    if quantity == PER_CALL:
        try:
            return _usable(block_medians(cell, without).items())
        except ValueError:  # lists of different lengths
            return {}
    if quantity == FIRST_CALL:
        values: Iterable[float | None] = cell.warm_first_call_seconds
    elif quantity == FIRST_PASS:
        values = cell.first_pass_seconds
    else:
        figure = cell.figures.get(quantity)
        values = figure.values if figure is not None else ()
    pairs = zip(cell.blocks, values, strict=False)
    return _usable((block, value) for block, value in pairs if block not in without)


def unit_of(workload: Workload, cell: Cell, quantity: str) -> str:
    """Return s, bytes, or what is counted."""
    if quantity == PER_CALL:
        return "bytes" if workload.quantity == "bytes" else "s"
    if quantity in (FIRST_CALL, FIRST_PASS):
        return "s"
    figure = cell.figures.get(quantity)
    return figure.unit if figure is not None else ""


def _usable(pairs: Iterable[tuple[int, float | None]]) -> dict[int, float]:
    return {
        block: value
        for block, value in pairs
        if value is not None and isfinite(value) and 1 / LARGEST < value < LARGEST
    }
