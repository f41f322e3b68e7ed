"""Where a statement comes from."""

from __future__ import annotations

from typing import Literal

from .common import Date, Entry, Url

SourceKind = Literal[
    "documentation",
    "release-notes",
    "repository",
    "package",
    "maintainer",
    "issue",
    "paper",
    "benchmark",
    "organisation",
    "survey",
    "news",
    "execution",
    "seed",
]

Reading = Literal["read", "relayed"]
"""`read`: we read it, or a stored copy; `relayed`: known to us only through notes."""


class Source(Entry, frozen=True):
    """One thing that was read: where it stands, when, and what it says in our own words."""

    title: str
    url: Url
    kind: SourceKind
    says: str
    accessed: Date
    reading: Reading = "read"
    published: Date | None = None
    quote: str | None = None
