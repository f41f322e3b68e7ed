"""One arm of a case in words: its time or bytes, and all else that was measured of it."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from advisor.reports.amounts import amount
from probes.bench.derived import never_pays
from probes.bench.document import Cell, Workload

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, Part, row
from ..wording import LONGEST, brief, count
from .words import arm_words

MOST_FIGURES = 8
INDENT = "      "


def sound(value: float | None) -> bool:
    """Say whether a value can be said: a document may come from anywhere."""
    return value is not None and isfinite(value) and 0 < value < 1e18


def value_words(value: float | None, unit: str) -> str:
    """Return a value with its unit."""
    return brief(amount(value, brief(unit)) if sound(value) else "not measured")


def far(difference: float) -> str:
    """Return a relative difference; a large one as a factor."""
    if difference < 1:
        return f"{difference:.0%}"
    factor = 1 + difference
    return f"a factor of {factor:.2g}" if factor < 10 else f"a factor of {factor:,.0f}"


def unit_of(case: Workload) -> str:
    """Return what a case is measured in."""
    return "bytes" if case.quantity == "bytes" else "s"


def cell_rows(arm: str, cell: Cell, case: Workload, longest: int) -> Rows:
    """Return the rows of one arm; `longest`: columns for the names of all."""
    name = f"{arm_words(arm):<{longest}}"
    if cell.status != "ok":
        return failed_rows(name, cell)
    more = " · ".join(_more(arm, cell, case))
    value: Part = (value_words(cell.median_seconds, unit_of(case)), "bold")
    lead: list[Part] = [f"    {name}  "]
    return [(None, row(lead, value, (f" · {more}" if more else "", MUTED)))]


def failed_rows(name: str, cell: Cell, gap: str = "  ") -> Rows:
    """Return why an arm has no result: its reason, and the code."""
    said: list[Part] = [f"{name}{gap}", (cell.status.replace("-", " "), "$text-error")]
    if cell.reason:
        said.append(f": {brief(cell.reason, LONGEST)}")
    if cell.code:
        said.append((f"  {brief(cell.code)}", MUTED))
    return [(None, row(["  ", ("× ", "$text-error")], *said))]


def _more(arm: str, cell: Cell, case: Workload) -> Iterator[str]:
    if sound(cell.work_per_second) and case.quantity == "seconds":
        yield value_words(cell.work_per_second, case.metric)
    if sound(cell.first_call_seconds):
        yield f"first call {value_words(cell.first_call_seconds, 's')}"
    yield from _compiling(arm, cell, case)
    if sound(cell.roof_share):
        yield f"{cell.roof_share:.0%} of what this machine can do"
    if sound(cell.peak_memory_bytes) and case.quantity == "seconds":
        yield f"peak memory {value_words(cell.peak_memory_bytes, 'bytes')}"
    if cell.recompiles is not None and 0 < cell.recompiles < 10**9:
        yield f"compiled again {count(cell.recompiles, 'time', 'times')}"
    for name, figure in list(cell.figures.items())[:MOST_FIGURES]:
        if sound(figure.median):
            yield f"{brief(name).replace('-', ' ')} {value_words(figure.median, figure.unit)}"
    unsettled = sum("unsettled" in flag for flag in cell.flags)
    if unsettled:
        blocks = count(len(cell.blocks), "block", "blocks")
        yield f"warm-up not settled in {unsettled} of {blocks}"
    others = [brief(flag) for flag in cell.flags if "unsettled" not in flag]
    yield from others[:MOST_FIGURES]


def _compiling(arm: str, cell: Cell, case: Workload) -> Iterator[str]:
    calls = cell.break_even_calls
    if calls is not None and isfinite(calls) and 0 <= calls < 1e15:
        yield f"compiling pays after {calls:,.0f} calls"
    elif never_pays(case.workload, arm, case.arms):
        yield "compiling does not pay here"
