"""Peak memory over batch sizes, and how much each further sample costs."""

from __future__ import annotations

from advisor.reports.amounts import amount
from probes.document import ProbeDocument

from .model import Chart, Mark, Panel, drawable, label

Points = list[tuple[int, float]]
"""Batch size and peak in bytes."""


def memory_chart(document: ProbeDocument) -> Chart:
    """Return the peaks by arm and batch size, and the slope of each arm."""
    by_arm: dict[str, Points] = {}
    for workload in document.benchmarks.workloads.values():
        batch = workload.sizes.get("batch")
        if workload.quantity != "bytes" or not batch:
            continue
        for arm, cell in workload.arms.items():
            if cell.status == "ok" and cell.median_seconds and drawable(cell.median_seconds):
                by_arm.setdefault(arm, []).append((batch, cell.median_seconds))
    peaks = tuple(
        Mark(label=label(f"{arm}, batch {batch}"), value=peak / 1e6, words=amount(peak, "bytes"))
        for arm, points in by_arm.items()
        for batch, peak in sorted(points)
    )
    slopes = tuple(
        Mark(label=label(arm), value=max(slope, 0.0) / 1e6, words=_per_sample(slope))
        for arm, points in by_arm.items()
        if (slope := slope_of(points)) is not None
    )
    return Chart(
        id="memory",
        title="Peak memory over batch sizes",
        caption="Peak of the process on a processor, of the allocator on a card; the slope is the "
        "straight line through the batch sizes.",
        panels=(
            Panel(title="Peak", axis="MB", kind="bars", marks=peaks),
            Panel(title="Slope", axis="MB for each further sample", kind="bars", marks=slopes),
        ),
    )


def slope_of(points: Points) -> float | None:
    """Return bytes per sample by least squares; None for fewer than two batch sizes."""
    if len({batch for batch, _ in points}) < 2:
        return None
    middle = sum(batch for batch, _ in points) / len(points)
    level = sum(peak for _, peak in points) / len(points)
    above = sum((batch - middle) * (peak - level) for batch, peak in points)
    return above / sum((batch - middle) ** 2 for batch, _ in points)


def _per_sample(slope: float) -> str:
    return f"{amount(abs(slope), 'bytes')} {'more' if slope >= 0 else 'less'} per sample"
