"""The learning paths as they are followed: which path, which step, what to do and what is done."""

from __future__ import annotations

from pathlib import Path

from advisor.documents.learn import Checked, Learn, PathItem, StepItem
from advisor.reports.page import bar

from ..check_job import CheckJob
from ..course import short
from ..widgets.rows import MUTED, Part, row
from ..wording import clean, count, kind_words
from .paths import hours
from .pieces import Rows, fact, heading, link, paragraph, section

BAR = 12
"""Columns for how much of a path is done."""

UNFILLED = "NotImplementedError"
"""What every function of an exercise raises until it is filled in."""

DONE, OPEN = "[x] ", "[ ] "


def overview_rows(document: Learn) -> Rows:
    """Return all paths, and where to go on."""
    if not document.paths:
        return paragraph("There is no learning path in this knowledge base.")
    rows: Rows = []
    for path in document.paths:
        going = path.done and path.next
        step = next((step for step in path.steps if step.id == path.next), None)
        if going and step:
            lead: list[Part] = ["→ ", ("Go on: ", "bold")]
            rows.append((f"=learn:{step.id}", row(lead, clean(f"{step.title} ({path.title})"))))
    if rows:
        rows.append((None, row("", "")))
    for path in document.paths:
        rows.append((f"=learn:{path.id}", row("→ ", (clean(path.title), "bold"))))
        rows += [
            (None, row("    ", clean(path.goal))),
            (None, row("    ", *_standing(path))),
            (None, row("", "")),
        ]
    return rows[:-1]


def _standing(path: PathItem) -> list[Part]:
    share = bar(path.done / len(path.steps), BAR) if path.steps else ""
    left = f", {hours(path.minutes_left)} left" if path.done and path.next else ""
    done = f"{path.done} of {count(len(path.steps), 'step', 'steps')} done"
    time: Part = (f" · {hours(path.minutes)}{left}", MUTED)
    return [(f"{share} " if path.done else "", "$text-success"), (done, MUTED), time]


def path_rows(path: PathItem) -> Rows:
    """Return a path: what it takes, and its steps part by part."""
    rows: Rows = [
        (None, row("", (clean(path.title), "bold"))),
        (None, row("", *_standing(path))),
        *paragraph(path.text),
    ]
    part = ""
    for step in path.steps:
        if step.part != part:
            part = step.part
            rows += heading(part)
        rows.append((f"=learn:{step.id}", row(*_step_line(path, step))))
    return [
        *rows,
        *heading("What it takes"),
        *fact("goal", path.goal),
        *fact("for", path.for_whom),
        *fact("before", ", ".join(path.prerequisites)),
        *fact("hardware", path.hardware),
    ]


def _step_line(path: PathItem, step: StepItem) -> list[Part]:
    how = " · said to be done" if step.done_how == "said" else ""
    following = " · next" if step.id == path.next else ""
    mark = DONE if step.done_how else OPEN
    tail = f"  {hours(step.minutes)}{how}{following}"
    return [mark, (clean(step.title), "bold" if step.id == path.next else ""), (tail, MUTED)]


def step_rows(path: PathItem, step: StepItem, file: Path, job: CheckJob | None) -> Rows:
    """Return a step: what for, what to read, the exercise, and what its self-check said."""
    number = 1 + [one.id for one in path.steps].index(step.id)
    where = f"{path.title} · {step.part} · step {number} of {len(path.steps)}"
    runs = "TensorFlow" if step.framework == "tensorflow" else "PyTorch"
    return [
        (None, row("", (clean(step.title), "bold"))),
        (None, row("", (clean(where), MUTED))),
        (None, row("", (f"{hours(step.minutes)} · {_done(step)}", MUTED))),
        *paragraph(step.purpose),
        *paragraph(step.text),
        *section(
            "Read",
            [
                link(one.id, (f"{kind_words(one.kind).one}  ", MUTED), clean(one.title))
                for one in step.reading
            ],
        ),
        *section("Exercise", paragraph(step.exercise)),
        *_file(file),
        *fact("runs with", runs),
        *fact("hardware", path.hardware),
        *_result(job),
        *heading("Do it"),
        *_actions(step, file, job),
        *_following(path, step),
    ]


def _done(step: StepItem) -> str:
    if step.done_on is None:
        return "not done yet"
    how = "its self-check passed" if step.done_how == "checked" else "you said so"
    return f"done on {step.done_on[:10]}: {how}"


def _file(file: Path) -> Rows:
    there = "" if file.is_file() else " (not there yet)"
    return fact("your file", f"{short(file)}{there}")


def _actions(step: StepItem, file: Path, job: CheckJob | None) -> Rows:
    there = file.is_file()
    rows: Rows = []
    if job is not None and job.busy:
        rows.append(("=cancel", row("x  ", "Cancel the check")))
    elif there:
        rows.append(("=check", row("c  ", "Check my file")))
    write = "Use another file" if there else "Write the exercise to a file"
    rows.append(("=exercise", row("e  ", write)))
    mark = (
        "Take the mark back: it is not done" if step.done_how else "Mark it as done without a check"
    )
    return [*rows, ("=mark", row("m  ", mark))]


def _following(path: PathItem, step: StepItem) -> Rows:
    found = next((one for one in path.steps if one.id == path.next), None)
    if step.done_how is None or found is None:
        return []
    return [(f"=learn:{found.id}", row("→  ", f"Go on: {clean(found.title)}"))]


def _result(job: CheckJob | None) -> Rows:
    if job is None:
        return []
    rows = heading("Self-check")
    if job.busy:
        said = f"Running {short(job.file)}, your own code, in a process of its own."
        return [*rows, *paragraph(said)]
    if job.phase == "cancelled":
        return [*rows, *paragraph("Cancelled; nothing was noted.")]
    if job.checked is None:
        return [*rows, *paragraph(f"It could not be run: {job.problem}.")]
    return [*rows, *_verdicts(job.checked)]


def _verdicts(checked: Checked) -> Rows:
    rows: Rows = []
    for verdict in checked.verdicts:
        lead = ("  ✓ right  ", "$text-success") if verdict.ok else ("  ✗ wrong  ", "$text-error")
        rows.append((None, row(lead, clean(verdict.text))))
    if checked.stopped:
        said = stopped_words(checked.stopped)
        rows.append((None, row(("  ✗ stopped  ", "$text-error"), clean(said))))
    end = "Passed: the step is done." if checked.passed else "Not passed yet."
    return [*rows, (None, row("  ", (end, "bold"), (f" {checked.seconds:.1f} s", MUTED)))]


def stopped_words(stopped: str) -> str:
    """Return what ended a check early; an exercise that is not filled in is said in plain words."""
    line, found, what = stopped.partition(f": {UNFILLED}")
    if not found:
        return stopped
    name = what.removeprefix(": ") or "a function"
    return f"{line}: {name} is not written yet"
