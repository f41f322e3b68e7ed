"""The pieces that pages are made of: headings, paragraphs, labelled facts, links."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from knowledge.base import Knowledge

from ..widgets.code import Code
from ..widgets.columns import Columns
from ..widgets.rows import MUTED, Part, Row, row
from ..wording import clean

Rows = list[tuple[str | None, Row | Columns | Code]]

LABEL = 16
"""Columns for the name of a fact."""

VERDICTS = {
    "holds": "$text-success",
    "outdated": "$text-warning",
    "wrong": "$text-error",
    "depends": "$text-primary",
    "unverifiable": MUTED,
}
"""Colour of a verdict's word; the word itself always stands there too."""


def heading(text: str) -> Rows:
    """Return a heading with an empty line above it."""
    return [(None, row("", "")), (None, row("", (clean(text), "bold $text-accent")))]


def section(text: str, rows: Rows) -> Rows:
    """Return rows below a heading, or nothing if there are none."""
    return [*heading(text), *rows] if rows else []


def paragraph(text: str) -> Rows:
    """Return a paragraph, or nothing if it is empty."""
    return [(None, row("  ", clean(text)))] if text else []


def fact(label: str, text: str) -> Rows:
    """Return a named fact, or nothing if it is empty."""
    return (
        [(None, row(("  " + f"{clean(label)}  ".ljust(LABEL), MUTED), clean(text)))] if text else []
    )


def link(target: str | None, *body: Part) -> tuple[str | None, Row]:
    """Return a row that leads somewhere; without a target it is text."""
    return target, row("→ " if target else "  ", *body)


def names(knowledge: Knowledge, label: str, targets: Iterable[str]) -> Rows:
    """Return entries as links, each with its kind and state; the first one carries the label."""
    rows: Rows = []
    for target in targets:
        lead: list[Part] = [("→ " if known(knowledge, target) else "  ")]
        lead.append((f"{label}  ".ljust(LABEL) if label else "", MUTED))
        rows.append((known(knowledge, target), row(lead, *named(knowledge, target))))
        label = " " if label else ""
    return rows


def known(knowledge: Knowledge, target: str) -> str | None:
    """Return an id if there is an entry of it."""
    return target if knowledge.catalogue.get(target) else None


def named(knowledge: Knowledge, target: str) -> list[Part]:
    """Return what an entry is called, with its state if that matters."""
    found = knowledge.catalogue.get(target)
    if found is None:
        return [clean(target)]
    parts: list[Part] = [(clean(found.title), "bold")]
    if found.note and found.note not in ("active", "current"):
        parts.append((f" ({clean(found.note)})", VERDICTS.get(found.note, MUTED)))
    return parts


def verdict(word: str) -> Part:
    """Return the word of a verdict in its colour."""
    return (word, f"bold {VERDICTS.get(word, MUTED)}")


def padded(text: str, width: int) -> str:
    """Return a text filled up to a width in terminal columns."""
    return text + " " * max(0, width - Content(text).cell_length)
