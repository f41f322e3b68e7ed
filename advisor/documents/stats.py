"""`fw-advisor/stats`, `/stale` and `/paths`: how much is known, how well, and where it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, get_args

import msgspec

from advisor.clock import now
from knowledge.base import Knowledge
from knowledge.freshness import REVIEW_AFTER, Age, age_of
from knowledge.model.common import Basis, OptionId
from knowledge.model.kinds import KINDS

from .entry import source_names
from .head import Document

NEEDS_SOURCES = ("system", "feature", "claim", "use-case", "adopter", "figure")
"""Kinds that state facts; rules, questions and criteria rest on them or are judgement."""

WITHOUT_AGE = ("seed", "source")
"""Kinds that are records of something read: what rests on them is reviewed, not they."""


class Share(msgspec.Struct, frozen=True):
    """A number out of a number, and the share that makes."""

    count: int
    of: int
    share: float


class Balance(msgspec.Struct, frozen=True):
    """What is said of one option: statements and words in features, sources, claims, links."""

    option: str
    statements: int
    words: int
    sources: int
    claims: int
    linked_from: int


class DueEntry(msgspec.Struct, frozen=True):
    """An entry past its review, the days since it was checked, and the days it is overdue."""

    id: str
    kind: str
    title: str
    area: str
    as_of: str
    days: int
    overdue: int


class Stats(Document, frozen=True, kw_only=True):
    """The whole document of `kb stats`."""

    schema: Literal["fw-advisor/stats"] = "fw-advisor/stats"
    data_version: str
    as_of: str
    entries: dict[str, int]
    total: int
    sourced: Share
    sources_read: Share
    executed: Share
    measured: Share
    testable_claims: Share
    stale: Share
    bases: dict[str, int]
    balance: tuple[Balance, ...]


class Stale(Document, frozen=True, kw_only=True):
    """The whole document of `kb stale`; `next_review` is the earliest among the others, in days."""

    schema: Literal["fw-advisor/stale"] = "fw-advisor/stale"
    review_after: dict[str, int]
    entries: tuple[DueEntry, ...]
    of: int
    next_review: int | None


class Paths(Document, frozen=True, kw_only=True):
    """The whole document of `kb paths`; overlays are those of this call."""

    schema: Literal["fw-advisor/paths"] = "fw-advisor/paths"
    knowledge: str
    overlays: tuple[str, ...]
    cache: str
    state: str
    data: str


def stats_document(knowledge: Knowledge) -> Stats:
    """Count everything."""
    entries = [(kind, entry) for kind in KINDS for entry in knowledge.kind(kind).values()]
    facts = [entry for kind, entry in entries if kind in NEEDS_SOURCES]
    run = {source.id for source in knowledge.sources.values() if source.kind == "execution"}
    ages = [age for _, _, age in _ages(knowledge)]
    bases = Counter(dict.fromkeys(get_args(Basis), 0))
    bases.update(basis for _, entry in entries for basis in _bases(entry))
    claims = knowledge.kind("claim").values()
    read = sum(source.reading == "read" for source in knowledge.sources.values())
    return Stats(
        data_version=knowledge.version,
        as_of=knowledge.as_of,
        entries={kind: len(knowledge.kind(kind)) for kind in KINDS},
        total=len(entries),
        sourced=_share(sum(bool(source_names(entry)) for entry in facts), len(facts)),
        sources_read=_share(read, len(knowledge.sources)),
        executed=_share(sum(not run.isdisjoint(source_names(e)) for e in facts), len(facts)),
        measured=_share(bases["measured"], bases.total()),
        testable_claims=_share(sum(c.testable for c in claims), len(claims)),
        stale=_share(sum(age.due for age in ages), len(ages)),
        bases=dict(bases),
        balance=tuple(_balance(knowledge, o) for o in knowledge.options if o in get_args(OptionId)),
    )


def stale_document(knowledge: Knowledge) -> Stale:
    """Return what is past its review, the longest overdue first."""
    ages = list(_ages(knowledge))
    due = [
        DueEntry(
            entry.id,
            kind,
            row.title if (row := knowledge.catalogue.get(entry.id)) else entry.id,
            age.area,
            entry.as_of,
            age.days,
            -age.left,
        )
        for kind, entry, age in ages
        if age.due
    ]
    due.sort(key=lambda found: (-found.overdue, found.kind, found.id))
    left = [age.left for _, _, age in ages if not age.due]
    return Stale(
        review_after=REVIEW_AFTER,
        entries=tuple(due),
        of=len(ages),
        next_review=min(left, default=None),
    )


def _ages(knowledge: Knowledge) -> Iterator[tuple[str, Any, Age]]:
    today = now()
    for kind in KINDS:
        if kind not in WITHOUT_AGE:
            for entry in knowledge.kind(kind).values():
                yield kind, entry, age_of(kind, entry, today)


def _share(count: int, of: int) -> Share:
    return Share(count, of, round(count / of, 4) if of else 0.0)


def _bases(entry: Any) -> Iterator[str]:
    """Yield how each statement of an entry is known."""
    for field in ("basis", "status_basis", "successor_basis"):
        basis = getattr(entry, field, None)
        if basis:
            yield basis
    for statement in getattr(entry, "statements", ()):
        yield statement.basis
    base = getattr(entry, "base", None)
    for value in base.values() if isinstance(base, dict) else ():
        yield value.basis


def _balance(knowledge: Knowledge, option: str) -> Balance:
    said = [
        statement
        for feature in knowledge.kind("feature").values()
        for statement in feature.statements
        if statement.option == option
    ]
    claims = [claim for claim in knowledge.kind("claim").values() if option in claim.about]
    return Balance(
        option,
        len(said),
        sum(len(f"{statement.text} {statement.note}".split()) for statement in said),
        len({name for statement in said for name in statement.sources}),
        len(claims),
        len({link.row.id for link in knowledge.links(option)[1]}),
    )
