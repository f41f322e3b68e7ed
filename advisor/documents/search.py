"""`fw-advisor/search`: what was found, best first, and why each of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from knowledge.base import Knowledge
from knowledge.errors import shortened
from knowledge.text import printable

from .head import Document

MOST_RESULTS = 1000


class Matched(msgspec.Struct, frozen=True):
    """`typed` was found in `field` as `word`; they differ for other forms and misspelt words."""

    field: str
    word: str
    typed: str


class Result(msgspec.Struct, frozen=True):
    """An entry; `note` is its state (verdict, life cycle) or empty. Scores compare in one query."""

    id: str
    kind: str
    title: str
    note: str
    score: float
    matched: tuple[Matched, ...]


class Search(Document, frozen=True, kw_only=True):
    """The whole document; an empty list means that nothing fits."""

    schema: Literal["fw-advisor/search"] = "fw-advisor/search"
    query: str
    kinds: tuple[str, ...]
    limit: int
    results: tuple[Result, ...]


def search_document(
    knowledge: Knowledge, text: str, kinds: Sequence[str] = (), limit: int = 10
) -> Search:
    """Search, and return what was found."""
    hits = knowledge.search(text, kinds, limit)
    results = tuple(
        Result(
            hit.row.id,
            hit.row.kind,
            hit.row.title,
            hit.row.note,
            hit.score,
            tuple(Matched(match.field, match.word, match.typed) for match in hit.matched),
        )
        for hit in hits
    )
    return Search(
        query=printable(shortened(text)), kinds=tuple(kinds), limit=limit, results=results
    )
