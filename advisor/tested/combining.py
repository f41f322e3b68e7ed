"""From the parts of a claim's test to one verdict for this machine.

What is missing or could not be compared never counts as a yes or a no: it leaves the claim open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from knowledge.model.tested import Needs
from probes.claims import ClaimPart, ClaimVerdict

DECIDED: tuple[ClaimVerdict, ...] = ("borne-out", "contradicted", "no-difference")
LEAST_TO_DIFFER = 2


def combine(parts: Sequence[ClaimPart], needs: Needs) -> ClaimVerdict:
    """Return the verdict of a claim that rests on these parts."""
    if not parts:
        return "not-testable"
    counts = Counter(part.verdict for part in parts)
    decided = sum(counts[verdict] for verdict in DECIDED)
    pending = len(parts) - decided
    if not decided:
        return _open(counts)
    return BY_NEED[needs](parts, counts, pending)


def _open(counts: Counter[ClaimVerdict]) -> ClaimVerdict:
    """Nothing was decided: say what is nearest to a decision."""
    if counts["undecided"]:
        return "undecided"
    return "not-comparable" if counts["not-comparable"] else "not-measured"


def _every(parts: Sequence[ClaimPart], counts: Counter[ClaimVerdict], pending: int) -> ClaimVerdict:
    against = counts["contradicted"] + counts["no-difference"]
    if counts["borne-out"] and against:
        return "mixed"
    if pending:
        return "undecided"
    if not against:
        return "borne-out"
    return "contradicted" if counts["contradicted"] else "no-difference"


def _one(parts: Sequence[ClaimPart], counts: Counter[ClaimVerdict], pending: int) -> ClaimVerdict:
    if counts["borne-out"]:
        return "borne-out"
    if pending:
        return "undecided"
    return "contradicted" if counts["contradicted"] else "no-difference"


def _most(parts: Sequence[ClaimPart], counts: Counter[ClaimVerdict], pending: int) -> ClaimVerdict:
    half = len(parts) / 2
    for verdict in DECIDED:
        if counts[verdict] > half:
            return verdict
    # Parts that are still open could make a majority of either side.
    return "undecided" if pending else "mixed"


def _differ(
    parts: Sequence[ClaimPart], counts: Counter[ClaimVerdict], pending: int
) -> ClaimVerdict:
    outcomes = [verdict for verdict in DECIDED if counts[verdict]]
    if len(outcomes) > 1:
        return "borne-out"
    if pending or len(parts) < LEAST_TO_DIFFER:
        return "undecided"
    return "contradicted"


BY_NEED: Mapping[
    Needs, Callable[[Sequence[ClaimPart], Counter[ClaimVerdict], int], ClaimVerdict]
] = {"every": _every, "one": _one, "most": _most, "differ": _differ}


def blocks_needed(parts: Sequence[ClaimPart]) -> int | None:
    """Return the blocks that would decide every open part; None if that is not foreseeable."""
    open_parts = [part.blocks_needed for part in parts if part.verdict == "undecided"]
    if not open_parts or None in open_parts:
        return None
    return max(number for number in open_parts if number is not None)
