"""`fw-advisor/learn`: the learning paths, what of them is done, and what a self-check said."""

from __future__ import annotations

from typing import Literal

import msgspec

from advisor.learning import Progress
from knowledge.base import Knowledge
from knowledge.model.path import Path, Step

from .head import Document


class Reading(msgspec.Struct, frozen=True):
    """An entry to read."""

    id: str
    kind: str
    title: str


class StepItem(msgspec.Struct, frozen=True):
    """One step; `done_how`: by its self-check, because it was said, or null."""

    id: str
    order: int
    part: str
    title: str
    purpose: str
    text: str
    exercise: str
    minutes: int
    framework: Literal["pytorch", "tensorflow"]
    reading: tuple[Reading, ...]
    done_on: str | None
    done_how: Literal["checked", "said"] | None


class PathItem(msgspec.Struct, frozen=True):
    """One path and how far one is on it; `next`: the first step that is not done."""

    id: str
    title: str
    goal: str
    for_whom: str
    prerequisites: tuple[str, ...]
    hardware: str
    text: str
    minutes: int
    minutes_left: int
    done: int
    next: str | None
    steps: tuple[StepItem, ...]


class Verdict(msgspec.Struct, frozen=True):
    """One sentence of a self-check."""

    ok: bool
    text: str


class Checked(msgspec.Struct, frozen=True):
    """What a self-check said of a file; `stopped`: what ended it early, or empty."""

    step: str
    file: str
    passed: bool
    verdicts: tuple[Verdict, ...]
    stopped: str
    seconds: float


class Learn(Document, frozen=True, kw_only=True):
    """The whole document; `shown` is the path or step that was asked for, if one was."""

    schema: Literal["fw-advisor/learn"] = "fw-advisor/learn"
    shown: str | None
    paths: tuple[PathItem, ...]
    checked: Checked | None


def steps_of(knowledge: Knowledge, path: str) -> list[Step]:
    """Return the steps of a path in their order."""
    steps = [step for step in knowledge.kind("step").values() if step.path == path]
    return sorted(steps, key=lambda step: (step.order, step.id))


def learn_document(
    knowledge: Knowledge,
    progress: Progress,
    shown: str | None = None,
    only: str | None = None,
    checked: Checked | None = None,
) -> Learn:
    """Return all paths, or `only` one of them, with what is done."""
    paths = [path for path in knowledge.kind("path").values() if only in (None, path.id)]
    return Learn(
        shown=shown,
        paths=tuple(_path(knowledge, path, progress) for path in paths),
        checked=checked,
    )


def _path(knowledge: Knowledge, path: Path, progress: Progress) -> PathItem:
    steps = tuple(_step(knowledge, step, progress) for step in steps_of(knowledge, path.id))
    left = [step for step in steps if step.done_how is None]
    return PathItem(
        id=path.id,
        title=path.title,
        goal=path.goal,
        for_whom=path.for_whom,
        prerequisites=path.prerequisites,
        hardware=path.hardware,
        text=path.text,
        minutes=sum(step.minutes for step in steps),
        minutes_left=sum(step.minutes for step in left),
        done=len(steps) - len(left),
        next=left[0].id if left else None,
        steps=steps,
    )


def _step(knowledge: Knowledge, step: Step, progress: Progress) -> StepItem:
    done = progress.done.get(step.id)
    rows = (knowledge.catalogue.get(name) for name in step.reading)
    return StepItem(
        id=step.id,
        order=step.order,
        part=step.part,
        title=step.title,
        purpose=step.purpose,
        text=step.text,
        exercise=step.exercise,
        minutes=step.minutes,
        framework="tensorflow" if step.side == "tensorflow" else "pytorch",
        reading=tuple(Reading(row.id, row.kind, row.title) for row in rows if row),
        done_on=done.on if done else None,
        done_how=done.how if done else None,
    )
