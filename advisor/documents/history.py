"""`fw-advisor/history`: the runs that are kept, and whether they still hold for this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from advisor.history.differences import machine_words
from advisor.history.staleness import Present, badge
from probes.store import Kept, RunState

from .head import Document


class HistoryRun(msgspec.Struct, frozen=True, kw_only=True):
    """One run."""

    id: str
    created: str
    state: RunState
    origin: Annotated[
        Literal["here", "elsewhere"], Meta(description="elsewhere: imported, not of this machine")
    ]
    source: Annotated[str, Meta(description="The file it was taken over or imported from")]
    machine: Annotated[str, Meta(description="In a few words")]
    fingerprint: Annotated[
        str, Meta(description="Of what decides about speed; empty if the machine is not known")
    ]
    versions: dict[str, str]
    effort: str | None
    device: str | None
    threads: int | None
    workloads: tuple[str, ...]
    arms: tuple[str, ...]
    quiet: Annotated[bool | None, Meta(description="Its A/A check; null without one")]
    stale: Annotated[
        bool | None, Meta(description="Machine or versions changed, or it is old; null: elsewhere")
    ]
    reason: Annotated[str, Meta(description="Why it is stale, or that it is from elsewhere")]


class History(Document, frozen=True, kw_only=True):
    """The whole document; newest first, by the order in which they were kept."""

    schema: Literal["fw-advisor/history"] = "fw-advisor/history"
    machine: Annotated[str, Meta(description="This machine now, in a few words")]
    fingerprint: str
    runs: tuple[HistoryRun, ...]


def history_document(runs: Sequence[Kept], present: Present, today: str) -> History:
    """Return the runs with their badges."""
    return History(
        machine=machine_words(present.facts),
        fingerprint=present.fingerprint,
        runs=tuple(history_run(run, present, today) for run in runs),
    )


def history_run(run: Kept, present: Present, today: str) -> HistoryRun:
    """Return one run with its badge."""
    found = badge(run, present, today)
    return HistoryRun(
        id=run.id,
        created=run.created,
        state=run.state,
        origin=run.origin,
        source=run.source,
        machine=machine_words(run.machine),
        fingerprint=run.fingerprint,
        versions=run.versions,
        effort=run.effort,
        device=run.device,
        threads=run.threads,
        workloads=run.workloads,
        arms=run.arms,
        quiet=run.quiet,
        stale=found.stale,
        reason=found.reason,
    )
