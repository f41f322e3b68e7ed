"""Every chart that a run of the benchmarks gives."""

from __future__ import annotations

from probes.document import ProbeDocument

from .memory import memory_chart
from .model import Chart
from .ratios import ratio_chart
from .roof import roof_chart
from .warm_up import warm_up_chart

MAKERS = (ratio_chart, warm_up_chart, memory_chart, roof_chart)


def charts_of(document: ProbeDocument) -> list[Chart]:
    """Return the charts that have something to show."""
    return [chart for make in MAKERS if not (chart := make(document)).empty]
