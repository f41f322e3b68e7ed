"""Pages of the learning paths as entries: what for, what it takes, and the way to follow them."""

from __future__ import annotations

from advisor.documents.learn import steps_of
from advisor.reports.entry.words import Words
from knowledge.model.path import Path, Step

from ..widgets.rows import MUTED, row
from ..wording import clean
from .pieces import Rows, fact, heading, link, names, paragraph, section


def path(entry: Path, words: Words) -> Rows:
    """Return the page of a learning path."""
    steps = steps_of(words.knowledge, entry.id)
    return [
        *paragraph(entry.text),
        (f"=learn:{entry.id}", row("→ ", "Follow it: exercises, self-checks, what is done")),
        *heading("What it takes"),
        *fact("goal", entry.goal),
        *fact("for", entry.for_whom),
        *fact("before", ", ".join(entry.prerequisites)),
        *fact("hardware", entry.hardware),
        *fact("time", hours(sum(step.minutes for step in steps))),
        *section(
            "Steps",
            [
                link(step.id, clean(step.title), (f"  {hours(step.minutes)}", MUTED))
                for step in steps
            ],
        ),
    ]


def step(entry: Step, words: Words) -> Rows:
    """Return the page of a step."""
    return [
        *paragraph(entry.purpose),
        *paragraph(entry.text),
        (f"=learn:{entry.id}", row("→ ", "Do it: exercise file and self-check")),
        *section("Read", names(words.knowledge, "", entry.reading)),
        *section("Exercise", paragraph(entry.exercise)),
        *heading("The step"),
        *names(words.knowledge, "path", [entry.path]),
        *fact("part", entry.part),
        *fact("time", hours(entry.minutes)),
        *fact("runs with", "TensorFlow" if entry.side == "tensorflow" else "PyTorch"),
    ]


def hours(minutes: int) -> str:
    """Return a time as one says it."""
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"
