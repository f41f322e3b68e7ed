"""A measurement that goes on, as rows: how far it is, and every block of every arm."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.cli.progress import duration
from advisor.reports.page import bar
from probes.bench.arms import COPY_SUFFIX
from probes.bench.document import Cell
from probes.bench.order import slots

from ..pages.pieces import Rows, padded
from ..widgets.rows import MUTED, Part, Row, row
from ..wording import LONGEST, brief, clean, count
from .course import GATE, Course, State
from .words import arm_words, case_words

MARKS: dict[State, Part] = {
    "done": ("✓", "$text-success"),
    "again": ("↻", "$text-warning"),
    "running": ("▶", "bold $text-primary"),
    "waiting": ("·", MUTED),
    "failed": ("×", "$text-error"),
}
WORDS: dict[State, str] = {
    "done": "done",
    "running": "running",
    "waiting": "waiting",
    "failed": "failed",
    "again": "disturbed",
}
CHECK = "check"
STILL = (
    "The screen stands still while a sample is taken; leave the machine alone. "
    "Esc stops and keeps finished blocks."
)
MOST_FAILURES = 3


def live_rows(course: Course | None, width: int) -> Rows:
    """Return how far it is."""
    if course is None or course.event is None:
        return [(None, row("", "Starting.")), (None, row("", (STILL, MUTED)))]
    rows = _progress(course, width)
    rows += [(None, row("", "")), *_grid(course, width), (None, row("", "")), _legend(course)]
    rows += _failures(course.failed)
    return [*rows, (None, row("", (STILL, MUTED)))]


def _progress(course: Course, width: int) -> Rows:
    event = course.event
    if event is None:
        return []
    length = max(10, min(width - 12, 50))
    left = f" · about {duration(event.seconds_left)} left" if event.seconds_left else ""
    return [
        (None, row("", (bar(event.done, length), "$text-primary"), f" {event.done:>4.0%}")),
        (None, row("", (_doing(course), "bold"), (left, MUTED))),
    ]


def _doing(course: Course) -> str:
    event = course.event
    if event is None or event.arm is None:
        words = clean(event.text) if event else ""
        return words[:1].upper() + words[1:]
    case = next((case for case in course.plan.cases if case.id == event.case), None)
    what = f"{arm_words(event.arm)}: {case_words(case) if case else 'starting'}"
    if event.block is None:
        return f"Checking that results agree · {what}"
    return f"Block {event.block} of {max(course.plan.blocks, event.block)} · {what}"


def _grid(course: Course, width: int) -> Rows:
    names = {slot: arm_words(slot) for slot in slots(course.plan)}
    longest = max(map(len, names.values()))
    step = 3 if longest + len(CHECK) + 3 * course.blocks + 4 <= width else 2
    head = "".join(str(block % 10 if step == 2 else block).rjust(step) for block in _blocks(course))
    rows: Rows = [(None, row("", (f"{'':<{longest}}  {CHECK}{head}", MUTED)))]
    for slot, name in names.items():
        gate: Part = " "
        if not slot.endswith(COPY_SUFFIX):
            gate = MARKS[course.state(slot, GATE)]
        parts: list[Part] = [padded(name, longest), "  ", " " * (len(CHECK) // 2), gate]
        parts.append(" " * (len(CHECK) - len(CHECK) // 2 - 1))
        for block in _blocks(course):
            parts += [" " * (step - 1), MARKS[course.state(slot, block)]]
        rows.append((None, row("", *parts)))
    return rows


def _blocks(course: Course) -> range:
    return range(1, course.blocks + 1)


def _legend(course: Course) -> tuple[None, Row]:
    shown: list[State] = ["done", "running", "waiting"]
    shown += ["failed"] if course.failed else []
    shown += ["again"] if course.again else []
    parts: list[Part] = []
    for state in shown:
        parts += [MARKS[state], (f" {WORDS[state]}   ", MUTED)]
    return None, row("", *parts)


def _failures(failed: Mapping[tuple[str, str], Cell]) -> Rows:
    """Return why arms cannot be measured, once for each reason."""
    by_reason: dict[tuple[str, str], int] = {}
    for (arm, _), cell in failed.items():
        reason = f"{cell.status}: {cell.reason}" if cell.reason else cell.status
        by_reason[arm, reason] = by_reason.get((arm, reason), 0) + 1
    rows: Rows = []
    for (arm, reason), number in list(by_reason.items())[:MOST_FAILURES]:
        said = f"{arm_words(arm)}, {count(number, 'case', 'cases')}: {brief(reason, LONGEST)}"
        rows.append((None, row(("× ", "$text-error"), said)))
    more = len(by_reason) - MOST_FAILURES
    if more > 0:
        rows.append((None, row("  ", (f"and {more} more; the results name them", MUTED))))
    return rows
