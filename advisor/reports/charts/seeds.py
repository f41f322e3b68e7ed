"""The two charts of a seed document, claimed beside measured: training left, inference right.

Hours of training and milliseconds of some model are not measured here, so nothing here shares an
axis with them: both sides are shown as a ratio, with the time of PyTorch in the same mode as 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.reports.amounts import amount
from probes.claims import ClaimPart, ClaimResult, SaidFigure

from .model import Chart, Mark, Panel, drawable, label

PANELS = (
    ("training-takes-12-against-10-hours", "Training"),
    ("tokens-take-30-against-50-ms", "Inference, per token"),
)
"""Claim that holds the numbers, and the title of its panel, from left to right."""


def seed_chart(results: Sequence[ClaimResult], machine: str = "this machine") -> Chart:
    """Return both panels, each with the claimed bar first; empty without the claims."""
    by_id = {one.id: one for one in results}
    panels = tuple(
        Panel(
            title=name,
            axis="time of TensorFlow, with that of PyTorch in the same mode as 1",
            kind="bars",
            marks=(*_claimed(by_id[claim].said), *_measured(by_id[claim].parts)),
            reference=1.0,
        )
        for claim, name in PANELS
        if claim in by_id
    )
    return Chart(
        id="seeds",
        title="Two charts that a seed document describes: what it claims, what was measured",
        caption="Claimed: two rounded numbers per chart, no source given there; its hours and "
        "milliseconds belong to models and machines that are not named, so only ratios are "
        f"compared. Measured: {label(machine)}; small models, 95 % intervals. Below 1 TensorFlow "
        "takes less time.",
        panels=panels,
        beside=True,
    )


def _claimed(said: Sequence[SaidFigure]) -> Iterator[Mark]:
    values = {one.option: one for one in said}
    torch, flow = values.get("pytorch"), values.get("tensorflow")
    if torch is None or flow is None or not drawable(torch.value, flow.value):
        return
    ratio = flow.value / torch.value
    numbers = f"{flow.value:g} ÷ {torch.value:g} {torch.unit}"
    yield Mark(label="claimed", value=ratio, words=f"{ratio:.2f} ({numbers})", claimed=True)


def _measured(parts: Sequence[ClaimPart]) -> Iterator[Mark]:
    for part in parts:
        case = part.case.removeprefix(part.workload).lstrip("-")
        name = label(f"measured{', ' if case else ''}{case}: {part.b} ÷ {part.a}")
        ratio, low, high = part.ratio or 0.0, part.low or 0.0, part.high or 0.0
        if not drawable(ratio, low, high):
            yield Mark(label=name, words=part.verdict.replace("-", " "))
            continue
        # The claim sets PyTorch against TensorFlow; the chart shows TensorFlow against PyTorch.
        ratio, low, high = 1 / ratio, 1 / high, 1 / low
        yield Mark(
            label=name,
            value=ratio,
            low=low,
            high=high,
            words=f"{ratio:.2f} ({low:.2f}–{high:.2f}), "
            f"{amount(part.b_value, part.unit)} ÷ {amount(part.a_value, part.unit)}",
        )
