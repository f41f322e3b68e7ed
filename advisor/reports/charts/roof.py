"""How near each arm comes to what this machine can do at most."""

from __future__ import annotations

from probes.document import ProbeDocument

from .model import Chart, Mark, Panel, drawable, label


def roof_chart(document: ProbeDocument) -> Chart:
    """Return the share of the roof per workload and arm."""
    panels = []
    for key, workload in document.benchmarks.workloads.items():
        marks = tuple(
            Mark(label=label(arm), value=cell.roof_share, words=f"{cell.roof_share:.0%}")
            for arm, cell in workload.arms.items()
            if cell.status == "ok" and cell.roof_share is not None and drawable(cell.roof_share)
        )
        if marks:
            panels.append(
                Panel(
                    title=label(f"{workload.title} ({key})"),
                    axis="share of the roof",
                    kind="bars",
                    marks=marks,
                    reference=1.0,
                )
            )
    roof = document.benchmarks.roof
    found = (
        f"The roof: {roof.gflops:.3g} GFLOP/s and {roof.gigabytes_per_second:.3g} GB/s "
        f"on {roof.threads} threads. "
        if roof
        else ""
    )
    return Chart(
        id="roof",
        title="Share of what this machine can do at most",
        caption=found + "The best matrix product and the best copy that a neutral probe, without "
        "any framework, reached here; a share above 1 means that a kernel outdid it.",
        panels=tuple(panels),
    )
