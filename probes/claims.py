"""The claims' part of the probe document: what is said, what was measured here, the verdict.

Data only. The claims themselves stand in the knowledge base, which this package does not import:
the faces fill this part in before a document is kept.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

ClaimVerdict = Literal[
    "borne-out",
    "contradicted",
    "mixed",
    "no-difference",
    "undecided",
    "not-measured",
    "not-comparable",
    "not-testable",
]


class ClaimPlace(Struct, frozen=True, kw_only=True):
    """Where a seed document makes the claim."""

    seed: str
    file: str
    place: Annotated[str, Meta(description="Section and item of the seed's index")]


class SaidFigure(Struct, frozen=True, kw_only=True):
    """One number of a seed document; no source is given there."""

    option: str
    value: float
    unit: str
    mode: str


class ClaimPart(Struct, frozen=True, kw_only=True):
    """One comparison or check that a verdict rests on."""

    workload: str
    case: Annotated[str, Meta(description="Key in benchmarks.workloads; empty if not measured")]
    b_case: Annotated[str, Meta(description="Where b was read, if in another case than a")] = ""
    a: str
    b: Annotated[str, Meta(description="The other arm; empty if one arm alone is checked")] = ""
    quantity: Annotated[str, Meta(description="per-call, first-pass, … or the name of a figure")]
    unit: Annotated[str, Meta(description="s, bytes, or what is counted")] = ""
    says: Annotated[str, Meta(description="The outcome that would bear the claim out")]
    between: Annotated[
        list[float], Meta(description="Lowest and highest ratio that would bear it out; or empty")
    ] = field(default_factory=list)
    a_value: Annotated[float | None, Meta(description="Median of the blocks")] = None
    b_value: float | None = None
    ratio: Annotated[float | None, Meta(description="a ÷ b")] = None
    low: float | None = None
    high: float | None = None
    confidence: Annotated[
        float, Meta(description="Of the interval; the verdict may rest on more (Holm)")
    ] = 0.95
    blocks: int = 0
    verdict: ClaimVerdict
    blocks_needed: int | None = None
    note: str = ""
    measured_on: str = ""


class ClaimResult(Struct, frozen=True, kw_only=True):
    """One claim of the seed documents, put to the test on this machine."""

    id: str
    claim: str
    topic: str
    places: list[ClaimPlace] = field(default_factory=list)
    said: Annotated[list[SaidFigure], Meta(description="The seed's own numbers, if any")] = field(
        default_factory=list
    )
    verdict: ClaimVerdict
    needs: Annotated[
        str, Meta(description="How many parts must come out as said: every, most, one; or differ")
    ] = "every"
    parts: list[ClaimPart] = field(default_factory=list)
    blocks_needed: Annotated[
        int | None, Meta(description="Blocks in all that would decide it; null if not foreseeable")
    ] = None
    text: Annotated[str, Meta(description="The verdict in plain words")] = ""
    shows: Annotated[str, Meta(description="What such an outcome shows")] = ""
    missing: Annotated[str, Meta(description="What cannot be shown here")] = ""
    command: Annotated[str, Meta(description="What would measure what is not measured")] = ""
