"""What every document of the knowledge commands begins with."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from advisor import __version__
from advisor.clock import now
from knowledge.base import Knowledge


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Version and time; a document adds its name and its content."""

    schema: str
    schema_version: str = "1.0"
    tool_version: str = __version__
    created: str = msgspec.field(default_factory=now)


class SourceItem(msgspec.Struct, frozen=True):
    """A source that entries of this document name; `reading`: read by us, or known from notes."""

    id: str
    title: str
    url: str
    kind: str
    reading: str
    accessed: str
    published: str | None


def source_items(knowledge: Knowledge, names: Iterable[str]) -> tuple[SourceItem, ...]:
    """Return sources in the order in which they are named, each once."""
    known = (knowledge.sources.get(name) for name in dict.fromkeys(names))
    return tuple(
        SourceItem(s.id, s.title, s.url, s.kind, s.reading, s.accessed, s.published)
        for s in known
        if s is not None
    )
