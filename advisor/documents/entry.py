"""`fw-advisor/entry`: one entry with its sources, its age, and what it is linked with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from advisor.clock import now
from knowledge.base import Knowledge
from knowledge.freshness import REVIEW_AFTER, age_of
from knowledge.search.links import Link

from .head import Document, SourceItem, source_items


class Freshness(msgspec.Struct, frozen=True):
    """Days since it was checked, and whether it is past its review."""

    days: int
    area: str
    review_after: int
    due: bool


class Linked(msgspec.Struct, frozen=True):
    """The entry at the other end of a link, and the field that names it."""

    field: str
    id: str
    kind: str
    title: str
    note: str


class Same(msgspec.Struct, frozen=True):
    """Another entry of the same id: a framework is an option and a system."""

    kind: str
    entry: Any


class EntryDocument(Document, frozen=True, kw_only=True):
    """The whole document; `entry` is as in the knowledge files, `sources` are what it names."""

    schema: Literal["fw-advisor/entry"] = "fw-advisor/entry"
    id: str
    kind: str
    title: str
    as_of: str
    entry: Any
    also: tuple[Same, ...]
    house: str | None
    freshness: Freshness
    sources: tuple[SourceItem, ...]
    links: tuple[Linked, ...]
    linked_from: tuple[Linked, ...]


def entry_document(knowledge: Knowledge, wanted: str) -> EntryDocument:
    """Return the document of an id that exists."""
    rows = [row for row in knowledge.catalogue.rows if row.id == wanted]
    entries = [(row.kind, knowledge.kind(row.kind)[wanted]) for row in rows]
    kind, entry = entries[0]
    age = age_of(kind, entry, now())
    out, back = knowledge.links(wanted)
    names = [name for _, found in entries for name in source_names(found)]
    return EntryDocument(
        id=wanted,
        kind=kind,
        title=rows[0].title,
        as_of=entry.as_of,
        entry=entry,
        also=tuple(Same(*other) for other in entries[1:]),
        house=knowledge.house.get(wanted),
        freshness=Freshness(age.days, age.area, REVIEW_AFTER[age.area], age.due),
        sources=source_items(knowledge, names),
        links=_linked(link for link in out if link.row.kind != "source"),
        linked_from=_linked(iter(back)),
    )


def source_names(entry: Any) -> list[str]:
    """Return the sources of an entry and of its statements."""
    names = list(entry.sources)
    for statement in getattr(entry, "statements", ()):
        names += statement.sources
    return names


def _linked(links: Iterator[Link]) -> tuple[Linked, ...]:
    return tuple(
        Linked(link.field, link.row.id, link.row.kind, link.row.title, link.row.note)
        for link in dict.fromkeys(links)
    )
