"""The page about this machine: what is going on, what each framework can use, what is in it.

A row's id says what Enter does there: see `verdicts.py` and `plan.py`, and `look`, `use`,
`measure`.
"""

from __future__ import annotations

from collections.abc import Collection

from ..look_job import Found, LookJob
from ..pages.pieces import Rows, heading, section
from ..widgets.rows import MUTED, Part, Row, row
from ..wording import clean
from .inventory import inventory_rows
from .plan import plan_rows, planned_of
from .progress import progress_rows
from .verdicts import reason_of, verdict_rows

STATES: dict[str, tuple[Part, str]] = {
    "ok": (("✓ ", "$text-success"), "What is here can be used."),
    "degraded": (("! ", "$text-warning"), "Not all that is here can be used."),
    "failed": (("× ", "$text-error"), "No framework can compute here."),
}
BLANK = (None, row("", ""))
NOTE = "Each framework tries a small computation. Esc stops."


def machine_rows(
    found: Found, job: LookJob, width: int, opened: Collection[str], *, inventory: bool
) -> Rows:
    """Return the page; without the inventory where that stands beside it."""
    rows = state_rows(job, width)
    if found.whole:
        rows.append(_judged(found))
    rows += verdict_rows(found.diagnosis.frameworks, opened)
    if found.whole:
        rows += heading("Go on") + _ways()
    if inventory:
        rows += section("In this machine", inventory_of(found))
    return rows + section("What could be installed here", plan_rows(found.diagnosis.plan, opened))


def inventory_of(found: Found) -> Rows:
    """Return the inventory."""
    return inventory_rows(found.record.hardware, found.record.environment)


def copyable(found: Found, target: str) -> tuple[str, str]:
    """Return what can be copied at a row, and what that is called; empty if nothing can."""
    planned = planned_of(found.diagnosis.plan, target)
    if planned is not None:
        return clean(planned.command), "the install line"
    reason = reason_of(found.diagnosis.frameworks, target)
    return (clean(reason.fix) if reason else ""), "the fix"


def state_rows(job: LookJob, width: int) -> Rows:
    """Say what is going on, or how it ended; nothing after a good end."""
    if job.busy:
        return [*progress_rows(job.progress, width, NOTE), BLANK]
    known = "What is below was found before." if job.whole else ""
    if job.phase == "failed":
        said = row(("! ", "$text-error"), clean(job.problem), (f" {known}", MUTED))
    elif job.phase == "stopped":
        said = row("· ", f"Stopped. {known}".rstrip())
    else:
        return []
    return [(None, said), ("look", row("→ ", "Look again", (" r", MUTED))), BLANK]


def remark(job: LookJob) -> str:
    """Return what is being done, or how old what is shown is, for the title."""
    if job.busy:
        return job.progress.text if job.progress else "beginning to look"
    if job.whole is None:
        return "not looked at"
    day, _, time = job.whole.record.created.partition("T")
    return f"looked at {day}, {time[:5]} UTC"


def _judged(found: Found) -> tuple[None, Row]:
    """Return how the machine stands in one sentence, with the word of the contract."""
    from probes.health import health  # The look has imported it; the first drawing need not.

    state = health(found.record.hardware, found.diagnosis.frameworks).state
    mark, said = STATES[state]
    return None, row(mark, (said, "bold"), (f"  {state}", MUTED))


def _ways() -> Rows:
    return [
        ("measure", row("→ ", "Measure which framework is faster here", (" m", MUTED))),
        ("use", row("→ ", "Use what was found in the advice", (" u", MUTED))),
    ]
