"""How far this machine can tell differences, in plain words: it stands before every result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probes.bench.conditions import noise_causes
from probes.bench.verdicts import BAND

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, row
from ..wording import clean
from .cells import far
from .words import arm_words

if TYPE_CHECKING:
    from probes.document import ProbeDocument


def noise_rows(document: ProbeDocument, *, cases: int) -> Rows:
    """Return what the copy of an arm, measured like all others, says of the machine."""
    check = document.aa
    if check is None or not cases:
        return []
    arm = arm_words(check.arm)
    if check.floor is None or not 0 <= check.floor < 1e18:
        said = f"Too few blocks to tell the noise: {arm} was to be measured twice, as a check."
        return [(None, row(("! ", "$text-warning"), said))]
    if check.quiet:
        said = f"Quiet: {arm}, measured twice, agrees with itself within {check.floor:.1%}"
        return [
            (
                None,
                row(
                    ("✓ ", "$text-success"), said, (f": differences above {BAND:.0%} count.", MUTED)
                ),
            )
        ]
    causes = "; ".join(map(clean, noise_causes(document.environment.blocks)))
    noisy = [name for name, case in check.cases.items() if not case.quiet]
    where = f" on {len(noisy)} of {len(check.cases)} cases" if len(check.cases) > 1 else ""
    said = (
        f"Noisy: {arm}, measured twice, differs from itself by up to {far(check.floor)}{where}. "
        "What would rest on less is not said"
    )
    return [(None, row(("! ", "$text-warning"), said, (f" ({causes})." if causes else ".", MUTED)))]
