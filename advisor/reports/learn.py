"""Learning paths as pages: all of them, one with its steps, one step in full, a self-check."""

from __future__ import annotations

from advisor.documents.learn import Checked, Learn, PathItem, StepItem

from .content import item, paragraph, rows, said, text_lines
from .page import Line, bullet, table, title, wrap

MARKS = {"checked": "✓", "said": "✓", None: "·"}


def learn_page(document: Learn, width: int) -> list[Line]:
    """Return the page that was asked for."""
    if document.checked is not None:
        return checked_lines(document.checked, width)
    for path in document.paths:
        if document.shown == path.id:
            return path_lines(path, width)
        for step in path.steps:
            if document.shown == step.id:
                return step_lines(step, width)
    if not document.paths:
        return list(wrap("There is no learning path.", width))
    lines: list[Line] = []
    for path in document.paths:
        lines += [title(line) for line in wrap(path.title, width)]
        lines += wrap(path.goal, width, first="  ", rest="  ")
        lines += [
            (("faint", line),) for line in wrap(_standing(path), width, first="  ", rest="  ")
        ]
    return [*lines, "", *wrap("fw-advisor learn PATH shows the steps of one", width)]


def path_lines(path: PathItem, width: int) -> list[Line]:
    """Return a path with its steps."""
    lines: list[Line] = [title(line) for line in wrap(path.title, width)]
    lines += [(("faint", line),) for line in wrap(_standing(path), width)]
    facts = [
        ("goal", path.goal),
        ("for", path.for_whom),
        ("before", ", ".join(path.prerequisites)),
        ("hardware", path.hardware),
    ]
    lines += ["", *table([(k, v) for k, v in facts if v], width, indent=0)]
    part = ""
    for step in path.steps:
        if step.part != part:
            part = step.part
            lines += ["", title(part)]
        mark = MARKS[step.done_how]
        words = f"{step.title} ({step.minutes} min) [{step.id}]"
        lines += bullet(words, width, mark=mark)
    if path.next:
        lines += ["", *wrap(f"next: fw-advisor learn {path.next}", width)]
    return lines


def step_lines(step: StepItem, width: int) -> list[Line]:
    """Return a step in full."""
    done = f" · done {step.done_on[:10]}" if step.done_on else ""
    lines: list[Line] = [title(line) for line in wrap(step.title, width)]
    lines += [
        (("faint", line),)
        for line in wrap(f"{step.part} · {step.minutes} min{done} · {step.id}", width)
    ]
    reading = [item(f"{one.title} [{one.id}]", one.kind) for one in step.reading]
    commands = [
        ("get it", f"fw-advisor learn --exercise {step.id} -o exercise.py"),
        ("check it", f"fw-advisor learn --check {step.id} exercise.py"),
        ("or", f"fw-advisor learn --done {step.id}"),
    ]
    return [
        *lines,
        *text_lines(
            said(
                ("", [paragraph(step.purpose), paragraph(step.text)]),
                ("Read (fw-advisor show ID)", reading),
                ("Exercise", [paragraph(step.exercise), *rows(commands)]),
            ),
            width,
        ),
    ]


def checked_lines(checked: Checked, width: int) -> list[Line]:
    """Return what a self-check said."""
    lines: list[Line] = []
    for verdict in checked.verdicts:
        style, mark = ("good", "✓") if verdict.ok else ("bad", "✗")
        lines += [((style, line),) for line in bullet(verdict.text, width, mark=mark, indent=0)]
    if checked.stopped:
        lines += [(("bad", line),) for line in wrap(f"Stopped: {checked.stopped}", width)]
    end = f"{checked.step} is done" if checked.passed else f"{checked.step} is not done yet"
    return [*lines, *wrap(f"{end} ({checked.seconds:.1f} s)", width)]


def _standing(path: PathItem) -> str:
    left = f", about {_hours(path.minutes_left)} left" if path.next and path.done else ""
    words = f"{path.done} of {len(path.steps)} steps done"
    return f"{path.id} · {words} · {_hours(path.minutes)}{left}"


def _hours(minutes: int) -> str:
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"
