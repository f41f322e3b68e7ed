"""What follows from the times of cells: share of the roof, and when compiling has paid. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

from msgspec import structs

from probes.bench.arms import COMPILED_ARMS, framework_of
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
    if workload.sizes.get("bfloat16"):  # the roof was measured in float32
        return None
    arithmetic, traffic = _said(workload, "arithmetic"), _said(workload, "traffic")
    bounds = [arithmetic / roof.gflops] if arithmetic is not None else []
    bounds += [traffic / roof.gigabytes_per_second] if traffic is not None else []
    return max(bounds, default=None)


def _said(workload: Workload, name: str) -> float | None:
    """Return what a workload's file says of these sizes.

    A document may come from another version or from anybody: its workload or its sizes may be
    unknown here, and then nothing is said. Nor is it of bytes: a peak has no rate and no roof.
    """
    if workload.workload not in WORKLOADS or workload.quantity != "seconds":
        return None
    says = getattr(load_workload(workload.workload), name, None)
    try:
        return None if says is None else float(says(dict(workload.sizes)))
    except (KeyError, ArithmeticError, ValueError):
        return None


def best_roof(found: Sequence[Roof]) -> Roof | None:
    """Return the best of what several frameworks reached; None if none reached anything."""
    if not found:
        return None
    return Roof(
        threads=found[0].threads,
        gflops=max(one.gflops for one in found),
        gigabytes_per_second=max(one.gigabytes_per_second for one in found),
        how="the best that any reached: " + "; ".join(one.how for one in found),
    )


def with_roof(cell: Cell, least_seconds: float | None) -> Cell:
    """Return the cell with its share of what the machine could do, if that is known."""
    share = None
    if least_seconds is not None and cell.median_seconds:
        share = least_seconds / cell.median_seconds
    return structs.replace(cell, roof_share=share)


def with_break_even(workload: str, arms: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the cells, compiled ones with the calls after which compiling has paid.

    Nothing is said where the first call is not what compiling costs: a sample that is a process of
    its own, and shapes that vary, of which only the first is compiled then.
    """
    module = load_workload(workload) if workload in WORKLOADS else None
    told = module is None or not (module.SHAPES_VARY or module.FRESH)
    return {
        arm: structs.replace(
            cell, break_even_calls=_break_even_calls(arm, cell, arms) if told else None
        )
        for arm, cell in arms.items()
    }


def never_pays(workload: str, arm: str, arms: Mapping[str, Cell]) -> bool:
    """Say whether an arm that compiles is known to save nothing against its eager one."""
    cell, eager = arms[arm], arms.get(f"{framework_of(arm)}/eager")
    if arm not in COMPILED_ARMS or eager is None:
        return False
    if workload in WORKLOADS and load_workload(workload).FRESH:
        return False
    if not all(_usable(one.median_seconds) and one.status == "ok" for one in (cell, eager)):
        return False
    return (cell.median_seconds or 0.0) >= (eager.median_seconds or 0.0)


def _usable(seconds: float | None) -> bool:
    return seconds is not None and isfinite(seconds) and seconds > 0


def _break_even_calls(arm: str, cell: Cell, arms: Mapping[str, Cell]) -> float | None:
    eager = arms.get(f"{cell.framework}/eager")
    if arm not in COMPILED_ARMS or eager is None:
        return None
    if not (cell.median_seconds and eager.median_seconds):
        return None
    start, eager_start = _start_seconds(cell), _start_seconds(eager)
    if start is None or eager_start is None:
        return None
    saved = eager.median_seconds - cell.median_seconds
    return max(0.0, start - eager_start) / saved if saved > 0 else None


def _start_seconds(cell: Cell) -> float | None:
    """Return the seconds up to the end of the first call, the export of a model among them."""
    export = cell.figures.get("export")
    if cell.first_call_seconds is None or export is None:
        return cell.first_call_seconds
    return None if export.median is None else cell.first_call_seconds + export.median
