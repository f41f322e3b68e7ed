"""The page about a measurement: what went wrong, then what can be chosen, the course, or results.

A row's id says what Enter does there: see `choosing.py` and `results.py`, and `look`, `continue`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ..machine.page import state_rows
from ..pages.pieces import Rows
from ..widgets.rows import MUTED, row
from ..wording import LONGEST, brief, clean, count
from .choosing import choosing_rows, estimate_words
from .live import live_rows
from .results import results_rows
from .words import title_of

if TYPE_CHECKING:
    from probes.document import ProbeDocument
    from probes.store import Kept

    from ..probe_job import ProbeJob

PHASES = {
    "waiting": "not measured yet",
    "measuring": "measuring",
    "measured": "measured",
    "failed": "not finished",
}
MOST_NAMES = 3


def job_rows(
    job: ProbeJob,
    named: Mapping[str, str],
    width: int,
    opened: Collection[str],
    *,
    chooses: bool,
) -> Rows:
    """Return the page of a job; `named`: workload → what it decides, in words."""
    if job.looking.busy or job.looking.whole is None or job.offer is None:
        return state_rows(job.looking, width)
    if job.measuring:
        return live_rows(job.course, width)
    above = _above(job, here=chooses)
    if chooses or job.result is None:
        return above + choosing_rows(job.offer, named, width, opened)
    return above + results_rows(job.result, width, opened) + go_on_rows(job.result)


def remark_of(job: ProbeJob, *, chooses: bool) -> str:
    """Return the estimate while one chooses, else how the measurement stands."""
    if job.looking.busy:
        return "looking"
    if job.offer is not None and chooses:
        return estimate_words(job.offer)
    kept = f", kept as {job.name}" if job.result and job.name else ""
    return PHASES[job.phase] + kept


def _above(job: ProbeJob, *, here: bool) -> Rows:
    """Return what went wrong, and the run that can be continued; `here`: where one chooses."""
    rows: Rows = []
    if job.phase == "failed":
        rows.append((None, row(("! ", "$text-error"), brief(job.problem, LONGEST))))
    for remark in job.remarks:
        rows.append((None, row(("! ", "$text-warning"), brief(remark, LONGEST))))
    if job.stopped is not None and here:
        rows.append(("continue", row("→ ", *_stopped(job.stopped))))
    return rows


def go_on_rows(document: ProbeDocument) -> Rows:
    """Return where one can go from results."""
    rows: Rows = []
    if any(case.pairs for case in document.benchmarks.workloads.values()):
        rows.append(("use", row("→ ", "Use in the advice", (" u", MUTED))))
    rows.append(("claims", row("→ ", "What is said of it, put to the test", (" T", MUTED))))
    rows.append(("history", row("→ ", "Measurements that are kept", (" H", MUTED))))
    return rows


def _stopped(run: Kept) -> tuple[tuple[str, str], tuple[str, str]]:
    names = [title_of(name) for name in dict.fromkeys(run.workloads)]
    more = len(names) - MOST_NAMES
    listed = ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
    day = clean(run.created[:16].replace("T", " "))
    said = f": stopped on {day} UTC; {count(len(run.arms), 'way', 'ways')}, {listed}"
    return (f"Continue {clean(run.id)} (c)", "bold"), (said, MUTED)
