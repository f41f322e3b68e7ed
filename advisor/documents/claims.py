"""`fw-advisor/claims`: what is said, what became of it, and whether it can be tested here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import msgspec

from advisor.clock import now
from knowledge.base import Knowledge
from knowledge.freshness import age_of
from knowledge.model.claim import Claim, Verdict

from .head import Document, SourceItem, source_items


class SeedPlace(msgspec.Struct, frozen=True):
    """Where a claim stands; `said` is the name of the item there, in our words."""

    seed: str
    file: str
    place: str
    said: str


class Tested(msgspec.Struct, frozen=True):
    """The last local measurement of the workload that tests a claim: PyTorch ÷ TensorFlow."""

    workload: str
    device: str
    ratio: float
    low: float
    high: float
    verdict: str
    measured_on: str


class ClaimItem(msgspec.Struct, frozen=True, kw_only=True):
    """One claim; `contradicts` goes both ways; `testable`: a workload of the probe tests it."""

    id: str
    seeds: tuple[SeedPlace, ...]
    claim: str
    topic: str
    verdict: Verdict
    reason: str
    today: str
    as_of: str
    due: bool
    sources: tuple[str, ...]
    contradicts: tuple[str, ...]
    about: tuple[str, ...]
    testable: bool
    tested_by: str | None
    tested: Tested | None


class Claims(Document, frozen=True, kw_only=True):
    """The whole document; `contradictions` are pairs of ids of claims in it."""

    schema: Literal["fw-advisor/claims"] = "fw-advisor/claims"
    verdicts: dict[str, int]
    claims: tuple[ClaimItem, ...]
    contradictions: tuple[tuple[str, str], ...]
    sources: tuple[SourceItem, ...]


class Wanted(msgspec.Struct, frozen=True):
    """Which claims are asked for; an empty list means: any."""

    seeds: Sequence[str] = ()
    verdicts: Sequence[str] = ()
    topics: Sequence[str] = ()
    testable: bool = False
    contradicted: bool = False


def claims_document(
    knowledge: Knowledge, wanted: Wanted, tested: Mapping[str, Tested] | None = None
) -> Claims:
    """Return the claims that are asked for; with each one, those that say the opposite."""
    known: dict[str, Claim] = knowledge.kind("claim")
    opposites: dict[str, set[str]] = {name: set() for name in known}
    for claim in known.values():
        for other in claim.contradicts:
            if other in known:
                opposites[claim.id].add(other)
                opposites[other].add(claim.id)
    found = {claim.id: claim for claim in known.values() if _fits(claim, wanted)}
    pairs = sorted({(min(a, b), max(a, b)) for a in found for b in opposites[a]})
    if wanted.contradicted:
        named = {name for pair in pairs for name in pair}
        found = {name: claim for name, claim in known.items() if name in named}
    else:
        pairs = [pair for pair in pairs if set(pair) <= set(found)]
    today = now()
    items = [
        _item(knowledge, claim, sorted(opposites[claim.id]), today, tested or {})
        for claim in found.values()
    ]
    items.sort(key=lambda item: (item.topic, item.id))
    counts = dict.fromkeys(get_args(Verdict), 0)
    for item in items:
        counts[item.verdict] += 1
    return Claims(
        verdicts=counts,
        claims=tuple(items),
        contradictions=tuple(pairs),
        sources=source_items(knowledge, (name for item in items for name in item.sources)),
    )


def _fits(claim: Claim, wanted: Wanted) -> bool:
    return (
        (not wanted.seeds or any(place.seed in wanted.seeds for place in claim.places))
        and (not wanted.verdicts or claim.verdict in wanted.verdicts)
        and (not wanted.topics or claim.topic in wanted.topics)
        and (not wanted.testable or claim.testable)
    )


def _item(
    knowledge: Knowledge,
    claim: Claim,
    opposites: Sequence[str],
    today: str,
    tested: Mapping[str, Tested],
) -> ClaimItem:
    seeds = knowledge.kind("seed")
    places = tuple(
        SeedPlace(
            place.seed,
            seeds[place.seed].file,
            f"{place.section}/{place.item}",
            place.item.replace("-", " "),
        )
        for place in claim.places
        if place.seed in seeds
    )
    return ClaimItem(
        id=claim.id,
        seeds=places,
        claim=claim.claim,
        topic=claim.topic,
        verdict=claim.verdict,
        reason=claim.reason,
        today=claim.today,
        as_of=claim.as_of,
        due=age_of("claim", claim, today).due,
        sources=claim.sources,
        contradicts=tuple(opposites),
        about=claim.about,
        testable=claim.testable,
        tested_by=claim.tested_by if claim.testable else None,
        tested=tested.get(claim.tested_by or "") if claim.testable else None,
    )
