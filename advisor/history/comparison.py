"""Two runs side by side: what differs around them, and each arm's times with a verdict. Pure.

Nothing is concluded across two machines, or two sets of conditions; the figures are still shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec

from advisor.documents.run_comparison import ArmComparison, RunComparison, RunSide
from probes.bench.document import Cell, Pair, Workload
from probes.bench.holm import corrected
from probes.bench.medians import block_medians, disturbed_blocks
from probes.bench.statistics import Interval
from probes.bench.verdicts import Noise, judge
from probes.document import ProbeDocument
from probes.store.index import Entry, entry_of

from .differences import change_words, changes, condition_changes, machine_words
from .welch import unpaired_interval

Key = tuple[str, str]
"""Case and arm."""
METHOD = (
    "New ÷ old: geometric means of the block medians, with a 95 % interval by Welch's t on their "
    "logarithms. Blocks of two runs are not paired: whatever else changed on the machine between "
    "them counts into the difference."
)
"""Said beside the figures, because it is what a reader could take them for."""


class Side(msgspec.Struct, frozen=True):
    """A run, and where it came from."""

    name: str
    document: ProbeDocument
    origin: Literal["here", "elsewhere", "file"] = "here"


def compare_runs(old: Side, new: Side) -> RunComparison:
    """Return the comparison of a new run with an old one."""
    before, after = entry_of(old.document), entry_of(new.document)
    plans = (old.document.benchmarks.plan, new.document.benchmarks.plan)
    conditions = condition_changes(*plans) if all(plans) else ()
    same = bool(before.fingerprint) and before.fingerprint == after.fingerprint
    reason = _reason(same, before, after)
    if not reason and conditions:
        words = ", ".join(map(change_words, conditions))
        reason = f"the conditions differ ({words}): nothing can be concluded"
    arms, only_old, only_new = _arms(old.document, new.document, reason)
    return RunComparison(
        old=_side(old, before),
        new=_side(new, after),
        same_machine=same,
        machine=changes(before.machine, after.machine),
        versions=changes(before.versions, after.versions),
        conditions=conditions,
        comparable=not reason,
        reason=reason,
        arms=tuple(arms),
        verdicts=dict(Counter(arm.verdict for arm in arms)),
        only_old=tuple(only_old),
        only_new=tuple(only_new),
        method=METHOD,
        warnings=tuple(_warnings(old, new)),
    )


def _side(side: Side, entry: Entry) -> RunSide:
    return RunSide(
        run=side.name,
        created=entry.created,
        origin=side.origin,
        machine=machine_words(entry.machine),
        fingerprint=entry.fingerprint,
        versions=entry.versions,
        effort=entry.effort,
        threads=entry.threads,
        device=entry.device,
        quiet=entry.quiet,
        interrupted=entry.interrupted,
    )


def _reason(same: bool, before: Entry, after: Entry) -> str:
    if same:
        return ""
    if not before.fingerprint or not after.fingerprint:
        return "it is not known on which machines both were measured: nothing can be concluded"
    return "the machines differ: nothing can be concluded about the frameworks"


def _warnings(old: Side, new: Side) -> Iterator[str]:
    for side in (old, new):
        if side.document.benchmarks.interrupted:
            yield f"{side.name} was interrupted: fewer blocks, wider intervals"
        check = side.document.aa
        if check is not None and not check.quiet:
            yield f"{side.name}: noisy machine: {check.text}"


def _arms(
    old: ProbeDocument, new: ProbeDocument, reason: str
) -> tuple[list[ArmComparison], list[str], list[str]]:
    before, after = _cells(old), _cells(new)
    both = [key for key in after if key in before and before[key].case == after[key].case]
    judged = {
        key: _judged(before[key], after[key], _noise(old, new, key[0]), reason) for key in both
    }
    pairs: dict[Key, Pair] = {}
    for arm in dict.fromkeys(key[1] for key in both):
        of_arm = {case: found for (case, name), found in judged.items() if name == arm}
        # One statement per arm: "it became slower" covers all of its cases.
        pairs |= {(case, arm): pair for case, pair in corrected(of_arm).items()}
    compared = [_row(key, before[key], after[key], pairs[key]) for key in both]
    missing = [
        [f"{case}: {arm}" for case, arm in ours if (case, arm) not in both]
        for ours in (before, after)
    ]
    return compared, missing[0], missing[1]


class _Found(msgspec.Struct, frozen=True):
    """A cell of one run: the case it belongs to, and its median per block that counts."""

    workload: Workload
    cell: Cell
    medians: list[float]

    @property
    def case(self) -> tuple[str, dict[str, int], str]:
        """Return what must be equal: a name alone may mean other sizes in another version."""
        return self.workload.workload, self.workload.sizes, self.workload.quantity


def _cells(document: ProbeDocument) -> dict[Key, _Found]:
    without = disturbed_blocks(document.environment.blocks)
    return {
        (name, arm): _Found(case, cell, list(block_medians(cell, without).values()))
        for name, case in document.benchmarks.workloads.items()
        for arm, cell in case.arms.items()
    }


def _noise(old: ProbeDocument, new: ProbeDocument, case: str) -> Noise:
    """Return the noise of the noisier run: a difference must stand out from both."""
    checks = [document.aa.cases.get(case) if document.aa else None for document in (old, new)]
    floors = [check.floor for check in checks if check is not None and check.floor is not None]
    quiet = all(check is not None and check.quiet for check in checks)
    # Without both copies the noise is not known, but what one of them shows is there.
    return Noise(quiet, max(floors, default=None))


def _judged(old: _Found, new: _Found, noise: Noise, reason: str) -> tuple[Pair, Interval | None]:
    broken = [
        f"{which} run: {found.cell.status}"
        for which, found in (("old", old), ("new", new))
        if found.cell.status != "ok"
    ]
    interval = None if broken else unpaired_interval(new.medians, old.medians)
    judgement = judge(interval, noise)
    nothing = bool(broken or reason)
    pair = Pair(
        a="new",
        b="old",
        ratio=interval.ratio if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        blocks=interval.blocks if interval else 0,
        verdict="not-comparable" if nothing else judgement.verdict,
        band=judgement.band,
        blocks_needed=None if nothing else judgement.blocks_needed,
        note="; ".join(broken) or reason or judgement.note,
    )
    return pair, interval


def _row(key: Key, old: _Found, new: _Found, pair: Pair) -> ArmComparison:
    return ArmComparison(
        case=key[0],
        title=new.workload.title,
        size=new.workload.size,
        workload=new.workload.workload,
        arm=key[1],
        quantity=new.workload.quantity,
        old=old.cell.median_seconds,
        new=new.cell.median_seconds,
        ratio=pair.ratio,
        low=pair.low,
        high=pair.high,
        blocks_old=len(old.medians),
        blocks_new=len(new.medians),
        band=pair.band,
        verdict=pair.verdict,
        blocks_needed=pair.blocks_needed,
        note=pair.note,
    )
