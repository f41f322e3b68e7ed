"""What one arm shows alone: that it agrees, that it compiles again, how near it is to the roof."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite

from msgspec import structs

from knowledge.model.tested import Check, CheckSays
from probes.bench.document import Cell
from probes.bench.medians import disturbed_blocks
from probes.claims import ClaimPart, ClaimVerdict
from probes.document import ProbeDocument

from .comparing import noise_of
from .places import Seat, seats, trouble
from .series import PER_CALL

HALF = 0.5
Found = tuple[ClaimVerdict, dict[str, object]]
"""The verdict, and the fields of the part that go with it."""


def check_parts(
    checks: Sequence[Check], workloads: Sequence[str], documents: Sequence[ProbeDocument]
) -> list[ClaimPart]:
    """Return every check on every case it concerns."""
    parts = []
    for one in checks:
        for workload in one.workloads or workloads:
            nothing = ClaimPart(
                workload=workload,
                case="",
                a=one.arm,
                quantity=QUANTITIES[one.says],
                says=one.says,
                verdict="not-measured",
            )
            found = seats(documents, workload, one.case, (one.arm,))
            parts += [_checked(nothing, one, seat) for seat in found] or [nothing]
    return parts


def _checked(nothing: ClaimPart, one: Check, seat: Seat) -> ClaimPart:
    part = structs.replace(nothing, case=seat.key, measured_on=seat.document.created)
    cell = seat.cell(one.arm)
    if cell is None:
        return structs.replace(part, note=f"not run on this case: {one.arm}")
    verdict, fields = CHECKS[one.says](cell, one, seat)
    return structs.replace(part, verdict=verdict, **fields)


def _agrees(cell: Cell, one: Check, seat: Seat) -> Found:
    wanted = one.says == "agrees"
    equality = cell.equality
    if cell.status == "ok" and equality is not None and equality.passed:
        error: dict[str, object] = {"a_value": equality.relative_l2, "unit": "relative L2"}
        return ("borne-out" if wanted else "contradicted"), error
    failed = cell.status == "not-comparable" and equality is not None and not equality.passed
    if failed and wanted:
        return "contradicted", {"note": trouble(one.arm, cell)}
    # An arm that does not run, or fails the gate, may do so for reasons the claim does not mean.
    return "not-comparable", {"note": trouble(one.arm, cell) or "equality was not checked"}


def _recompiles(cell: Cell, one: Check, seat: Seat) -> Found:
    if cell.status != "ok":
        return "not-comparable", {"note": trouble(one.arm, cell)}
    if cell.recompiles is None:
        return "not-measured", {"note": "the run did not count how often it compiled again"}
    as_said = (cell.recompiles > 0) == (one.says == "recompiles")
    counted: dict[str, object] = {"a_value": float(cell.recompiles), "unit": "times"}
    return ("borne-out" if as_said else "contradicted"), counted


def _roof(cell: Cell, one: Check, seat: Seat) -> Found:
    if cell.status != "ok":
        return "not-comparable", {"note": trouble(one.arm, cell)}
    share = cell.roof_share
    if share is None or not isfinite(share) or share < 0:
        return "not-measured", {"note": "the run did not measure what this machine can do at most"}
    fields: dict[str, object] = {"a_value": share, "unit": "of the roof"}
    without = disturbed_blocks(seat.document.environment.blocks)
    if not noise_of(seat.document, seat.key, PER_CALL, without).quiet:
        return "undecided", {**fields, "note": "this machine was too noisy, or has no A/A copy"}
    return ("borne-out" if share >= HALF else "contradicted"), fields


CHECKS: Mapping[CheckSays, Callable[[Cell, Check, Seat], Found]] = {
    "agrees": _agrees,
    "does-not-agree": _agrees,
    "recompiles": _recompiles,
    "never-recompiles": _recompiles,
    "half-of-the-roof": _roof,
}
QUANTITIES: Mapping[CheckSays, str] = {
    "agrees": "equality",
    "does-not-agree": "equality",
    "recompiles": "recompiles",
    "never-recompiles": "recompiles",
    "half-of-the-roof": "roof-share",
}
