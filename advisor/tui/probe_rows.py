"""A probe as rows of a page: what is here, what each framework can use, intervals as bars."""

from __future__ import annotations

from math import log2

from advisor.facts.evidence import fastest_pair
from advisor.reports.page import bar, plain
from advisor.reports.probe import probe_page
from probes.bench.document import Pair
from probes.document import ProbeDocument

from .probe_job import ProbeJob
from .widgets.rows import MUTED, Row, row
from .wording import clean, count

Rows = list[tuple[str | None, Row]]

WIDEST = 4.0
"""Ratio at the ends of an interval's bar."""


def probe_rows(job: ProbeJob, width: int) -> Rows:
    """Return the page for a width."""
    rows = _state(job, width)
    document = job.document()
    if document is None:
        return rows
    rows += _intervals(document, width)
    for line in probe_page(document, max(width, 40)):
        title = not isinstance(line, str) and line[0][0] == "title"
        text = clean(plain(line))
        rows.append((None, row("", (text, "bold $text-accent") if title else text)))
    return rows


def _state(job: ProbeJob, width: int) -> Rows:
    """Say what is going on, and what can be done."""
    rows: Rows = []
    if job.busy:
        rows += _progress(job, width)
    if job.phase == "failed":
        rows.append((None, row(("! ", "$text-error"), clean(job.problem))))
    if job.phase == "failed" or (job.phase == "looked" and job.plan is None):
        rows.append(("look", row("→ ", "Look again")))
    if job.phase in ("looked", "measured"):
        rows += _choices(job)
    return [*rows, (None, row("", ""))]


def _choices(job: ProbeJob) -> Rows:
    use = "what was found and measured" if job.run else "what was found"
    rows: Rows = [("use", row("→ ", (f"Use {use} in the advice (u)", "bold")))]
    estimate = job.estimate
    if estimate is None:
        said = "Nothing to measure: no framework is installed (pip install torch tensorflow)."
        return [*rows, (None, row("· ", (said, MUTED)))]
    plan = job.plan
    assert plan is not None
    again = "Measure again" if job.run else "Measure both frameworks here"
    size = f"{count(len(plan.cases), 'case', 'cases')}, {len(plan.arms)} ways, "
    size += count(plan.blocks, "block", "blocks")
    if len({arm.partition("/")[0] for arm in plan.arms}) < 2:
        size += "; only one framework is installed, so nothing is compared"
    rows.append(
        (
            "measure",
            row("→ ", (f"{again} (m), about {_minutes(estimate)}", "bold"), (f": {size}", MUTED)),
        )
    )
    if job.cancel.is_set():
        rows.append((None, row("! ", "Cancelled; what was done by then is shown.")))
    return rows


def _progress(job: ProbeJob, width: int) -> Rows:
    event = job.progress
    if event is None:
        return [(None, row("", "Starting."))]
    words = clean(event.text)
    if event.block is not None and event.blocks is not None:
        words = f"block {event.block} of {event.blocks} · {words}"
    left = f" · about {_minutes(event.seconds_left)} left" if event.seconds_left else ""
    share = f"{round(100 * event.done):>3} %"
    length = max(10, min(width - 12, 50))
    rows: Rows = [
        (None, row("", (bar(event.done, length), "$text-primary"), f" {share}")),
        (None, row("", words, (left, MUTED))),
    ]
    if job.phase == "measuring":
        note = "Leave the machine alone meanwhile; x cancels and keeps finished blocks."
        rows.append((None, row("", (note, MUTED))))
    return rows


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    return f"{max(whole, 1)} s" if whole < 90 else f"{round(whole / 60)} min"


def _intervals(document: ProbeDocument, width: int) -> Rows:
    """Return each comparison of the fastest ways as an interval on a scale of ratios."""
    pairs = [(case, fastest_pair(case)) for case in document.benchmarks.workloads.values()]
    shown = [(case, pair) for case, pair in pairs if pair is not None]
    if not shown:
        return []
    length = max(17, min(width - 4, 61)) | 1
    rows: Rows = [(None, row("", ("Time of PyTorch ÷ time of TensorFlow", "bold $text-accent")))]
    side = (length - 1) // 2
    scale = "PyTorch faster ◂".center(side)[:side] + "1"
    scale += "▸ TensorFlow faster".center(side)[:side]
    rows.append((None, row("  ", (scale, MUTED))))
    for case, pair in shown:
        rows.append((None, row("  ", clean(f"{case.title}, {case.size}"))))
        rows.append((None, row("  ", (interval_bar(pair, length), "$text-primary"))))
        rows.append((None, row("  ", (_said(pair), MUTED))))
    return [*rows, (None, row("", ""))]


def _said(pair: Pair) -> str:
    if pair.ratio is None or pair.low is None or pair.high is None:
        return pair.verdict
    span = f"{pair.ratio:.2f} ({pair.low:.2f} to {pair.high:.2f})"
    return f"{span}, {pair.blocks} blocks: {pair.verdict}"


def interval_bar(pair: Pair, length: int) -> str:
    """Return an interval as a line on a logarithmic scale from 1/4 to 4, a bar at 1."""
    if pair.ratio is None or pair.low is None or pair.high is None:
        return ""
    low, middle, high = (_column(ratio, length) for ratio in (pair.low, pair.ratio, pair.high))
    drawn = ["·"] * length
    drawn[(length - 1) // 2] = "│"
    for column in range(low, high + 1):
        drawn[column] = "━"
    drawn[low], drawn[high], drawn[middle] = "├", "┤", "●"
    return "".join(drawn)


def _column(ratio: float, length: int) -> int:
    edge = log2(WIDEST)
    place = max(-edge, min(edge, log2(max(ratio, 1e-9))))
    return round((place + edge) / (2 * edge) * (length - 1))
