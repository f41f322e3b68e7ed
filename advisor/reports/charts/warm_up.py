"""How calls settle before samples are taken: the warm-up of every arm, per case."""

from __future__ import annotations

from advisor.reports.amounts import amount
from probes.document import ProbeDocument

from .model import Chart, Mark, Panel, drawable, label


def warm_up_chart(document: ProbeDocument) -> Chart:
    """Return the time of each call of the warm-up of the first block, one curve per arm."""
    panels = []
    for workload in document.benchmarks.workloads.values():
        if workload.quantity != "seconds":
            continue
        marks = []
        for arm, cell in workload.arms.items():
            calls = [seconds for seconds in cell.warm_up if drawable(seconds)]
            if len(calls) > 1:
                marks.append(
                    Mark(
                        label=label(arm),
                        points=tuple((float(n), s) for n, s in enumerate(calls, 1)),
                        words=f"{amount(calls[0], 's')}, later {amount(calls[-1], 's')}",
                    )
                )
        if marks:
            panels.append(
                Panel(
                    title=label(f"{workload.title}, {workload.size}"),
                    axis="seconds per call, call by call",
                    kind="curves",
                    marks=tuple(marks),
                )
            )
    return Chart(
        id="warm-up",
        title="Warm-up",
        caption="The first warm-up calls of one process of the first block; it has compiled and "
        "was checked in calls before them.",
        panels=tuple(panels),
    )
