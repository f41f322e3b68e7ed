"""`fw-advisor/probe-claims`: the seeds' claims put to the test of what was measured here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from msgspec import Meta

from probes.claims import ClaimResult, ClaimVerdict

from .head import Document

if TYPE_CHECKING:
    from advisor.tested.results import Judged


class ProbeClaims(Document, frozen=True, kw_only=True):
    """The whole document; `claims` are by topic, those that cannot be tested among them."""

    schema: Literal["fw-advisor/probe-claims"] = "fw-advisor/probe-claims"
    machine: Annotated[str, Meta(description="Processor or cards, threads, device; or empty")]
    threads: int | None
    device: str
    versions: dict[str, str]
    measured_on: Annotated[list[str], Meta(description="When the runs were made, newest first")]
    left_out: Annotated[list[str], Meta(description="Runs of other conditions, and which")]
    noise: Annotated[list[str], Meta(description="What the A/A copies of the runs say")]
    verdicts: dict[str, int]
    claims: list[ClaimResult]


def probe_claims(judged: Judged) -> ProbeClaims:
    """Return the document of these results."""
    runs, conditions = judged.runs.documents, judged.runs.conditions
    return ProbeClaims(
        machine=conditions.words if conditions else "",
        threads=conditions.threads if conditions else None,
        device=conditions.device if conditions else "",
        versions=dict(runs[0].environment.versions) if runs else {},
        measured_on=[one.created for one in runs],
        left_out=list(judged.runs.left_out),
        noise=list(dict.fromkeys(one.aa.text for one in runs if one.aa is not None)),
        verdicts=_counted(judged.results),
        claims=list(judged.results),
    )


def _counted(results: Sequence[ClaimResult]) -> dict[str, int]:
    counts = Counter(one.verdict for one in results)
    return {verdict: counts[verdict] for verdict in get_args(ClaimVerdict)}
