"""What follows from the times of cells: share of the roof, and when compiling has paid. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from probes.bench.arms import COMPILED_ARMS
from probes.bench.document import Cell, Roof, Workload
from probes.bench.workloads import WORKLOADS, load_workload


def work_per_call(workload: Workload) -> float | None:
    """Return the amount of work of one call in the unit of the metric, per second of time."""
    return _said(workload, "work")


def roof_seconds(workload: Workload, roof: Roof | None) -> float | None:
    """Return the least time of one call on this machine: arithmetic or memory, whichever binds.

    None if the workload does not say what it must compute (``arithmetic``, 10⁹ operations) or move
    (``traffic``, 10⁹ bytes).
    """
    if roof is None or roof.gflops <= 0 or roof.gigabytes_per_second <= 0:
        return None
    arithmetic, traffic = _said(workload, "arithmetic"), _said(workload, "traffic")
    bounds = [arithmetic / roof.gflops] if arithmetic is not None else []
    bounds += [traffic / roof.gigabytes_per_second] if traffic is not None else []
    return max(bounds, default=None)


def _said(workload: Workload, name: str) -> float | None:
    """Return what a workload's file says of these sizes.

    A document may come from another version or from anybody: its workload or its sizes may be
    unknown here, and then nothing is said.
    """
    if workload.workload not in WORKLOADS:
        return None
    says = getattr(load_workload(workload.workload), name, None)
    try:
        return None if says is None else float(says(dict(workload.sizes)))
    except (KeyError, ArithmeticError, ValueError):
        return None


def with_roof(cell: Cell, least_seconds: float | None) -> Cell:
    """Return the cell with its share of what the machine could do."""
    if least_seconds is None or not cell.median_seconds:
        return cell
    return structs.replace(cell, roof_share=least_seconds / cell.median_seconds)


def with_break_even(arms: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the cells, compiled ones with the calls after which compiling has paid."""
    return {arm: _with_break_even(arm, cell, arms) for arm, cell in arms.items()}


def _with_break_even(arm: str, cell: Cell, arms: Mapping[str, Cell]) -> Cell:
    eager = arms.get(f"{cell.framework}/eager")
    if (
        arm not in COMPILED_ARMS
        or eager is None
        or not (cell.median_seconds and eager.median_seconds)
    ):
        return cell
    if cell.first_call_seconds is None or eager.first_call_seconds is None:
        return cell
    saved = eager.median_seconds - cell.median_seconds
    if saved <= 0:
        return cell
    paid = max(0.0, cell.first_call_seconds - eager.first_call_seconds)
    return structs.replace(cell, break_even_calls=paid / saved)
