"""The document of `kb verify`, from what was run and what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.documents.verify import BatchItem, Verify, VerifyResult, VersionChange
from advisor.verification.changes import changes, version_changes
from advisor.verification.choose import Chosen
from knowledge.model.verification import Verification
from probes.verify.rows import Verified

Fresh = Sequence[tuple[Chosen, Verification]]


def verify_document(
    found: Verified,
    fresh: Fresh,
    known: Mapping[str, Verification],
    left_out: Sequence[str],
    versions: dict[str, str],
    drawn: tuple[int | None, int | None],
) -> Verify:
    """Return the whole document; `drawn`: size and seed of the sample."""
    results = tuple(_result(chosen, one, known.get(one.of)) for chosen, one in fresh)
    worst_error, worst = _worst([one for _, one in fresh])
    moved = version_changes((known.get(one.of), one) for _, one in fresh)
    return Verify(
        count=len(results),
        failures=sum(result.outcome == "fails" for result in results),
        seconds=found.seconds,
        worst_error=worst_error,
        worst=worst,
        versions=versions,
        version_changes=tuple(VersionChange(name, *rest) for name, rest in moved.items()),
        missing=found.missing,
        absent=found.absent,
        not_run=tuple(found.not_run),
        left_out=tuple(left_out),
        sample=drawn[0],
        seed=drawn[1],
        interrupted=found.interrupted,
        results=results,
        stored=tuple(known.values()) if found.missing else (),
        batches=tuple(BatchItem(b.side, b.rows, b.seconds, b.ending) for b in found.batches),
    )


def _result(chosen: Chosen, one: Verification, before: Verification | None) -> VerifyResult:
    return VerifyResult(
        id=one.of,
        kind=chosen.kind,
        outcome=one.outcome,
        problems=one.problems,
        max_error=one.max_error,
        max_abs_error=one.max_abs_error,
        max_gradient_error=one.max_gradient_error,
        naive_error=one.naive_error,
        naive_note=one.naive_note,
        seconds=one.seconds,
        changed=tuple(changes(before, one)),
    )


def _worst(results: Sequence[Verification]) -> tuple[float | None, str | None]:
    """Return the largest error among the entries that agree, and whose it is."""
    errors = [
        (max(one.max_error or 0.0, one.max_gradient_error or 0.0), one.of)
        for one in results
        if one.outcome == "agrees"
    ]
    return max(errors, default=(None, None), key=lambda pair: pair[0] or 0.0)
