"""`fw-advisor/run-comparison`: two runs of the benchmark, arm by arm."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from probes.bench.document import Verdict

from .head import Document


class Change(msgspec.Struct, frozen=True):
    """Something that is not the same in both; "none" where one of them has none."""

    what: str
    old: str
    new: str


class RunSide(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two runs."""

    run: Annotated[str, Meta(description="Its id in the store, or the file it was read from")]
    created: str
    origin: Annotated[
        Literal["here", "elsewhere", "file"], Meta(description="Where it was measured")
    ]
    machine: Annotated[str, Meta(description="In a few words")]
    fingerprint: Annotated[
        str, Meta(description="Of what decides about speed; empty if the machine is not known")
    ]
    versions: dict[str, str]
    effort: str | None
    threads: int | None
    device: str | None
    quiet: Annotated[bool | None, Meta(description="Its A/A check; null without one")]
    interrupted: bool


class ArmComparison(msgspec.Struct, frozen=True, kw_only=True):
    """One arm on one case in both runs. The verdict is said of the new run."""

    case: str
    title: str
    size: str
    workload: str
    arm: str
    quantity: Annotated[str, Meta(description="What the medians are: seconds per call, or bytes")]
    old: Annotated[float | None, Meta(description="Median of the old run")]
    new: float | None
    ratio: Annotated[float | None, Meta(description="New ÷ old")]
    low: float | None
    high: float | None
    blocks_old: int
    blocks_new: int
    band: Annotated[float, Meta(description="Smallest relative difference that counts")]
    verdict: Verdict
    blocks_needed: int | None
    note: str


class RunComparison(Document, frozen=True, kw_only=True):
    """The whole document."""

    schema: Literal["fw-advisor/run-comparison"] = "fw-advisor/run-comparison"
    old: RunSide
    new: RunSide
    same_machine: bool
    machine: Annotated[tuple[Change, ...], Meta(description="What of the machine differs")]
    versions: tuple[Change, ...]
    conditions: Annotated[tuple[Change, ...], Meta(description="Threads, device, number format")]
    comparable: Annotated[bool, Meta(description="Whether anything can be concluded")]
    reason: Annotated[str, Meta(description="Why nothing can; empty if something can")]
    arms: tuple[ArmComparison, ...]
    verdicts: Annotated[dict[str, int], Meta(description="How many arms have each verdict")]
    only_old: Annotated[tuple[str, ...], Meta(description="Case and arm that only one run has")]
    only_new: tuple[str, ...]
    method: str
    warnings: tuple[str, ...]
