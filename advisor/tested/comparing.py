"""Two series against each other, with the noise of the same quantity beside them.

A case on which the A/A copy is noisy decides nothing: stricter than the comparison of a workload,
which widens its band, because a claim is a public statement and an A/A floor is a rough figure.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from msgspec import Struct

from probes.bench.document import Verdict
from probes.bench.statistics import CONFIDENCE, Interval, paired_interval, t_quantile
from probes.bench.verdicts import BAND, LEAST_BLOCKS, Noise, judge, judge_noise
from probes.document import ProbeDocument

from .series import series

FORESEEABLE_BLOCKS = 200
Range = tuple[float, float]


class Compared(Struct, frozen=True, kw_only=True):
    """What the blocks say of a ÷ b. `within`: whether the ratio lies in the range asked for."""

    interval: Interval | None = None
    verdict: Verdict = "undecided"
    within: bool | None = None
    margin: float = 0.0
    """Distance of the log ratio from the edge that decides; 0 if nothing is decided."""
    blocks_needed: int | None = None
    note: str = ""


def interval_of(a: Mapping[int, float], b: Mapping[int, float]) -> Interval | None:
    """Return the paired interval over the blocks that both have, if there is one."""
    common = sorted(a.keys() & b.keys())
    try:
        return paired_interval([a[n] for n in common], [b[n] for n in common])
    except OverflowError:
        return None


def noise_of(document: ProbeDocument, case: str, quantity: str, without: Collection[int]) -> Noise:
    """Return what the A/A copy shows of this quantity on this case."""
    check, workload = document.aa, document.benchmarks.workloads.get(case)
    if check is None or workload is None or case not in check.cases:
        return judge_noise(None)
    original, copy = workload.arms.get(check.arm), check.cases[case].cell
    if original is None or {original.status, copy.status} != {"ok"}:
        return judge_noise(None)
    return judge_noise(
        interval_of(series(copy, quantity, without), series(original, quantity, without))
    )


def worse(first: Noise, second: Noise) -> Noise:
    """Return the noisier of two; one that is not known is the noisiest."""
    return max(first, second, key=lambda noise: math.inf if noise.floor is None else noise.floor)


def compare(interval: Interval | None, noise: Noise, between: Range | None = None) -> Compared:
    """Judge a ratio: against 1, or against a range if one is given."""
    judged = judge(interval, noise)
    if interval is None or interval.blocks < LEAST_BLOCKS:
        return Compared(interval=interval, blocks_needed=LEAST_BLOCKS, note=judged.note)
    needed = judged.blocks_needed or interval.blocks
    if between is not None:
        needed = _blocks_for_range(interval, between) or 0
    if not noise.quiet:
        both = max(noise.blocks_needed, needed) if noise.blocks_needed and needed else None
        return Compared(interval=interval, blocks_needed=both, note=_noisy(noise))
    if between is not None:
        return _against_range(interval, between, needed or None)
    return Compared(
        interval=interval,
        verdict=judged.verdict,
        margin=_margin(interval, judged.verdict, judged.band),
        blocks_needed=judged.blocks_needed,
        note=judged.note,
    )


def _margin(interval: Interval, verdict: Verdict, band: float) -> float:
    if verdict == "undecided":
        return 0.0
    edge = math.log1p(BAND if verdict == "equivalent" else band)
    return abs(abs(math.log(interval.ratio)) - edge)


def _against_range(interval: Interval, between: Range, needed: int | None) -> Compared:
    low, high = between
    inside = low <= interval.low and interval.high <= high
    outside = interval.high < low or interval.low > high
    if not inside and not outside:
        return Compared(
            interval=interval, blocks_needed=needed, note="the interval crosses the edge"
        )
    return Compared(interval=interval, within=inside, margin=_distance(interval, between))


def _distance(interval: Interval, between: Range) -> float:
    return min(abs(math.log(interval.ratio) - math.log(edge)) for edge in between)


def _blocks_for_range(interval: Interval, between: Range) -> int | None:
    distance = _distance(interval, between)
    for blocks in range(LEAST_BLOCKS, FORESEEABLE_BLOCKS + 1):
        quantile = t_quantile(0.5 + CONFIDENCE / 2, blocks - 1)
        if quantile * interval.deviation / math.sqrt(blocks) < distance:
            return max(blocks, interval.blocks)
    return None


def _noisy(noise: Noise) -> str:
    if noise.floor is None:
        return "no A/A copy tells how noisy this machine was"
    return f"two runs of the same arm differ by up to {noise.floor:.0%} here"
