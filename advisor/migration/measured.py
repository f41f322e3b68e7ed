"""What running a port word for word found, by the id of the entry."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.documents.migration import NaiveResult
from knowledge.base import Knowledge
from knowledge.model.verification import Verification

MOST = 3
"""Results shown with one item."""


def naive_results(knowledge: Knowledge, ids: Iterable[str]) -> tuple[NaiveResult, ...]:
    """Return the results of the entries whose word-for-word port was run and was off."""
    found = []
    for name in dict.fromkeys(ids):
        stored = result_of(knowledge, name)
        if stored is not None and (stored.naive_error is not None or stored.naive_note):
            found.append(NaiveResult(name, stored.naive_error, stored.naive_note))
    return tuple(found[:MOST])


def result_of(knowledge: Knowledge, name: str) -> Verification | None:
    """Return the stored result of an entry that agreed when it was run."""
    stored: Verification | None = knowledge.kind("verification").get(f"verified-{name}")
    return stored if stored is not None and stored.outcome == "agrees" else None
