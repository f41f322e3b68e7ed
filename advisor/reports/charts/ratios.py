"""The comparisons of a run as a forest plot: like modes against each other, per workload."""

from __future__ import annotations

from collections.abc import Iterator

from probes.bench.document import Verdict, Workload
from probes.document import ProbeDocument

from .model import Chart, Mark, Panel, drawable, label

LIKE = (
    ("pytorch/eager", "tensorflow/eager"),
    ("pytorch/compile", "tensorflow/function"),
    ("pytorch/compile", "tensorflow/function-xla"),
    ("pytorch/compile", "jax/jit"),
    ("keras/torch", "keras/tensorflow"),
    ("keras/torch", "keras/jax"),
)
"""Arms of like mode: eager with eager, compiled with compiled, Keras with itself."""

WORDS: dict[Verdict, str] = {
    "faster": "less",
    "slower": "more",
    "equivalent": "no difference that matters",
    "undecided": "undecided",
    "not-comparable": "not comparable",
}
TURNED: dict[Verdict, Verdict] = {"faster": "slower", "slower": "faster"}


def ratio_chart(document: ProbeDocument) -> Chart:
    """Return ratios with their intervals."""
    workloads = document.benchmarks.workloads
    panels = []
    for name in dict.fromkeys(one.workload for one in workloads.values()):
        cases = {key: one for key, one in workloads.items() if one.workload == name}
        first = next(iter(cases.values()))
        what = "memory" if first.quantity == "bytes" else "time"
        marks = tuple(mark for key, one in cases.items() for mark in _marks(key, one))
        bands = [pair.band for one in cases.values() for pair in one.pairs]
        panels.append(
            Panel(
                title=label(first.title),
                axis=f"{what} of the first arm ÷ {what} of the second, 95 % interval",
                kind="intervals",
                marks=marks,
                reference=1.0,
                band=min(bands, default=0.05),
            )
        )
    day = label(document.created[:10])
    return Chart(
        id="ratios",
        title="Arms of like mode against each other",
        caption=f"Below 1 the first arm takes less. Measured on {day}, on this machine; "
        "an interval that holds 1 shows no difference.",
        panels=tuple(panels),
    )


def _marks(key: str, workload: Workload) -> Iterator[Mark]:
    case = key.removeprefix(workload.workload).lstrip("-")
    for a, b in LIKE:
        found = _pair(workload, a, b)
        if found is None:
            continue
        ratio, low, high, verdict = found
        yield Mark(
            label=label(f"{case}: {a} ÷ {b}" if case else f"{a} ÷ {b}"),
            value=ratio,
            low=low,
            high=high,
            words=f"{ratio:.2f} ({low:.2f}–{high:.2f}) {WORDS[verdict]}",
        )


def _pair(workload: Workload, a: str, b: str) -> tuple[float, float, float, Verdict] | None:
    for pair in workload.pairs:
        low, ratio, high = pair.low or 0.0, pair.ratio or 0.0, pair.high or 0.0
        if {pair.a, pair.b} != {a, b} or not drawable(low, ratio, high):
            continue
        if pair.a == a:
            return ratio, low, high, pair.verdict
        return 1 / ratio, 1 / high, 1 / low, TURNED.get(pair.verdict, pair.verdict)
    return None
