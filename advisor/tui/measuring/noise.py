"""How far this machine can tell differences, in plain words: it stands before every result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.reports.measured import AS_IT_COMES
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
    """Return what the copy of an arm, measured like all others, says, and if none were equal."""
    plan = document.benchmarks.plan
    as_it_comes: Rows = []
    if plan is not None and plan.profile != "matched" and cases:
        as_it_comes = [(None, row(("! ", "$text-warning"), AS_IT_COMES))]
    return [*as_it_comes, *_copy_rows(document, cases=cases)]


def _copy_rows(document: ProbeDocument, *, cases: int) -> Rows:
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
    told = [case for case in check.cases.values() if case.floor is not None]
    noisy = [case for case in told if not case.quiet]
    where = f" on {len(noisy)} of {len(told)} cases" if len(told) > 1 else ""
    said = (
        f"Noisy: {arm}, measured twice, differs from itself by up to {far(check.floor)}{where}. "
        "What would rest on less is not said"
    )
    return [(None, row(("! ", "$text-warning"), said, (f" ({causes})." if causes else ".", MUTED)))]
