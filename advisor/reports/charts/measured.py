"""The measurements that an advice used, as a forest plot: best arm against best arm."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.documents.advice import Measured

from .model import Chart, Mark, Panel, drawable, label


def measured_chart(measured: Sequence[Measured]) -> Chart:
    """Return the ratios of an advice; empty if it rests on no measurement."""
    marks = tuple(
        Mark(
            label=label(f"{m.workload} on {m.device}: {m.pytorch_arm} ÷ {m.tensorflow_arm}"),
            value=m.ratio,
            low=m.low,
            high=m.high,
            words=f"{m.ratio:.2f} ({m.low:.2f}–{m.high:.2f}) {m.verdict}",
        )
        for m in measured
        if drawable(m.ratio, m.low, m.high)
    )
    days = ", ".join(dict.fromkeys(label(m.measured_on[:10]) for m in measured))
    return Chart(
        id="measured",
        title="Time of PyTorch ÷ time of TensorFlow",
        caption=f"Best arm of each, 95 % interval, measured on {days}. Below 1 PyTorch takes less "
        "time; an interval that holds 1 shows no difference.",
        panels=(
            Panel(
                title="Measured on this machine",
                axis="ratio of times, logarithmic",
                kind="intervals",
                marks=marks,
                reference=1.0,
            ),
        ),
    )
