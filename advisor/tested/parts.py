"""The comparisons of a claim's test, carried out on what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from knowledge.model.claim import Claim
from knowledge.model.tested import Comparison
from probes.bench.medians import disturbed_blocks
from probes.claims import ClaimPart, ClaimVerdict
from probes.document import ProbeDocument

from .checks import check_parts
from .comparing import Compared, compare, interval_of, noise_of, worse
from .places import Seat, beside, seats, trouble
from .series import series, unit_of
from .surer import corrected

SAYS = {"faster": "a-less", "slower": "b-less", "equivalent": "no-difference"}


class Side(Struct, frozen=True):
    """One arm where it was measured."""

    seat: Seat
    arm: str


def parts_of(claim: Claim, documents: Sequence[ProbeDocument]) -> list[ClaimPart]:
    """Return every part of a claim's test with its own verdict, corrected for their number."""
    test = claim.test
    if test is None or not test.possible:
        return []
    workloads = (claim.tested_by or "",)
    made = [
        found
        for comparison in test.compare
        for workload in comparison.workloads or workloads
        for found in _carried_out(comparison, workload, documents)
    ]
    surer = corrected([compared or Compared() for _, _, compared in made])
    return [
        part if compared is None else _judged(part, comparison, one)
        for (part, comparison, compared), one in zip(made, surer, strict=True)
    ] + check_parts(test.check, workloads, documents)


Made = tuple[ClaimPart, Comparison, Compared | None]


def _carried_out(
    comparison: Comparison, workload: str, documents: Sequence[ProbeDocument]
) -> Iterator[Made]:
    nothing = ClaimPart(
        workload=workload,
        case="",
        a=comparison.a,
        b=comparison.b,
        quantity=comparison.quantity,
        says=comparison.says,
        between=list(comparison.ratio or ()),
        verdict="not-measured",
    )
    arms = (comparison.a,) if comparison.b_case else (comparison.a, comparison.b)
    found = seats(documents, workload, comparison.case, arms)
    if not found:
        yield nothing, comparison, None
    for seat in found:
        other = beside(seat, workload, comparison.b_case) if comparison.b_case else seat
        here = structs.replace(nothing, case=seat.key, measured_on=seat.document.created)
        if other is None:
            yield structs.replace(here, note="the other case was not run"), comparison, None
            continue
        here = structs.replace(here, b_case=other.key if other.key != seat.key else "")
        yield _compared(here, comparison, Side(seat, comparison.a), Side(other, comparison.b))


def _compared(part: ClaimPart, comparison: Comparison, a: Side, b: Side) -> Made:
    cells = [side.seat.cell(side.arm) for side in (a, b)]
    if cells[0] is None or cells[1] is None:
        missing = " and ".join(s.arm for s, c in zip((a, b), cells, strict=True) if c is None)
        return structs.replace(part, note=f"not run on this case: {missing}"), comparison, None
    troubles = [trouble(a.arm, cells[0]), trouble(b.arm, cells[1])]
    if any(troubles):
        note = "; ".join(filter(None, troubles))
        return structs.replace(part, verdict="not-comparable", note=note), comparison, None
    document = a.seat.document
    without = disturbed_blocks(document.environment.blocks)
    values = [series(cell, part.quantity, without) for cell in cells if cell is not None]
    if not all(values):
        note = f"the run holds no figure {part.quantity!r} of both arms"
        return structs.replace(part, note=note), comparison, None
    noise = noise_of(document, a.seat.key, part.quantity, without)
    if b.seat.key != a.seat.key:
        noise = worse(noise, noise_of(document, b.seat.key, part.quantity, without))
    measured = structs.replace(
        part,
        unit=unit_of(a.seat.workload, cells[0], part.quantity),
        a_value=statistics.median(values[0].values()),
        b_value=statistics.median(values[1].values()),
    )
    return measured, comparison, compare(interval_of(*values), noise, comparison.ratio)


def _judged(part: ClaimPart, comparison: Comparison, compared: Compared) -> ClaimPart:
    interval = compared.interval
    return structs.replace(
        part,
        ratio=interval.ratio if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        blocks=interval.blocks if interval else 0,
        verdict=_outcome(comparison, compared),
        blocks_needed=compared.blocks_needed,
        note=compared.note,
    )


def _outcome(comparison: Comparison, compared: Compared) -> ClaimVerdict:
    if comparison.ratio is not None:
        if compared.within is None:
            return "undecided"
        return "borne-out" if compared.within else "contradicted"
    if compared.verdict not in SAYS:
        return "undecided"
    found = SAYS[compared.verdict]
    if found == comparison.says:
        return "borne-out"
    return "no-difference" if found == "no-difference" else "contradicted"
