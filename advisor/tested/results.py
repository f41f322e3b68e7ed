"""From claims and probe documents to results: the one way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from knowledge.base import Knowledge
from knowledge.model.claim import Claim
from probes.claims import ClaimPlace, ClaimResult, SaidFigure
from probes.document import ProbeDocument

from .combining import blocks_needed, combine
from .parts import parts_of
from .runs import Runs, runs_of
from .words import command_for, verdict_words

UNTOUCHED = ("not-measured", "not-testable")


class Judged(Struct, frozen=True):
    """Every claim that names a workload, and the documents the results rest on."""

    results: tuple[ClaimResult, ...]
    runs: Runs


def judge_claims(knowledge: Knowledge, documents: Sequence[ProbeDocument]) -> Judged:
    """Return the claims by topic, each with its verdict for the machine of the newest document.

    Args:
        knowledge: The claims.
        documents: Newest first.
    """
    runs = runs_of(documents)
    claims: Iterable[Claim] = knowledge.kind("claim").values()
    results = [judge(claim, knowledge, runs.documents) for claim in claims if claim.test]
    return Judged(tuple(sorted(results, key=lambda one: (one.topic, one.id))), runs)


def claims_of(knowledge: Knowledge, document: ProbeDocument) -> list[ClaimResult]:
    """Return the claims on which this one document bears, for its field `claims`."""
    judged = judge_claims(knowledge, [document])
    return [one for one in judged.results if one.verdict not in UNTOUCHED]


def judge(claim: Claim, knowledge: Knowledge, documents: Sequence[ProbeDocument]) -> ClaimResult:
    """Return one claim with its verdict."""
    test = claim.test
    if test is None:
        raise ValueError(f"{claim.id} has no test")
    parts = parts_of(claim, documents)
    verdict = combine(parts, test.needs)
    blocks = blocks_needed(parts) if verdict == "undecided" else None
    return ClaimResult(
        id=claim.id,
        claim=claim.claim,
        topic=claim.topic,
        places=_places(claim, knowledge),
        said=_said(test.figure, knowledge),
        verdict=verdict,
        needs=test.needs,
        parts=parts,
        blocks_needed=blocks,
        text=verdict_words(verdict, parts, blocks, test.needs),
        shows=test.shows,
        missing=test.missing,
        command=command_for(parts),
    )


def _places(claim: Claim, knowledge: Knowledge) -> list[ClaimPlace]:
    seeds = knowledge.kind("seed")
    return [
        ClaimPlace(
            seed=place.seed, file=seeds[place.seed].file, place=f"{place.section}/{place.item}"
        )
        for place in claim.places
        if place.seed in seeds
    ]


def _said(figure: str | None, knowledge: Knowledge) -> list[SaidFigure]:
    found = knowledge.kind("figure").get(figure or "")
    if found is None:
        return []
    return [
        SaidFigure(option=one.option, value=one.value, unit=one.unit, mode=one.mode)
        for one in found.results
    ]
