"""Pages of things: systems, terms, sources, seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..content import Section, item, paragraph, row, rows, said
from .words import Words

if TYPE_CHECKING:
    from knowledge.model.seed import Seed
    from knowledge.model.source import Source
    from knowledge.model.system import System
    from knowledge.model.term import Term

READING = {"read": "read by us on {}", "relayed": "relayed by notes of {}, not read by us"}


def system(entry: System, words: Words) -> list[Section]:
    """Return the page of a system: what it is, how alive it is, what comes after it."""
    since = f" since {entry.status_since}" if entry.status_since else ""
    release = ""
    if entry.last_release:
        on = f" of {entry.last_release.date}" if entry.last_release.date else ""
        release = f"{entry.last_release.version}{on}"
    state = [
        ("life cycle", f"{entry.status}{since}{words.known(entry.status_basis, entry.as_of)}"),
        ("last release", release),
        ("successor", words.evidence(entry.successors) + words.known(entry.successor_basis)),
        ("roles", ", ".join(entry.roles)),
        ("serves", words.names(entry.serves)),
        ("package", entry.package or ""),
        ("also called", ", ".join(entry.aliases)),
    ]
    return said(
        ("", [paragraph(entry.what)]),
        ("State", rows((k, v) for k, v in state if k != "successor" or entry.successors)),
        ("Note", [paragraph(entry.note)]),
    )


def term(entry: Term, words: Words) -> list[Section]:
    """Return the page of a word of the field."""
    return said(
        ("", [paragraph(entry.means)]),
        ("Also called", [paragraph(", ".join(entry.aliases))] if entry.aliases else []),
    )


def source(entry: Source, words: Words) -> list[Section]:
    """Return the page of something that was read."""
    facts = [
        ("kind", entry.kind),
        ("address", entry.url),
        ("published", entry.published or ""),
        ("reading", READING[entry.reading].format(entry.accessed)),
        ("in its words", f"“{entry.quote}”" if entry.quote else ""),
    ]
    return said(("What it says", [paragraph(entry.says)]), ("Facts", rows(facts)))


def seed(entry: Seed, words: Words) -> list[Section]:
    """Return the page of a document that the knowledge base accounts for."""
    number = sum(len(section.items) for section in entry.sections)
    sections = [
        row(section.title, f"{len(section.items)} statements") for section in entry.sections
    ]
    return said(
        ("", [paragraph(entry.about)]),
        (f"Sections, {number} statements in all", sections),
        ("Claims made in it", [item(f"fw-advisor claims --seed {entry.id}")]),
    )
