"""From intervals to words: faster, slower, equivalent, undecided; and what would decide it.

The practical band is ±5 %. The A/A check can widen it: a difference that the machine shows between
two runs of the same arm is no difference between frameworks. Pure arithmetic, nothing measured.
"""

from __future__ import annotations

import math

from msgspec import Struct

from probes.bench.document import Verdict
from probes.bench.statistics import CONFIDENCE, Interval, t_quantile

BAND = 0.05
LEAST_BLOCKS = 6
# Beyond this, more blocks are no advice.
_FORESEEABLE_BLOCKS = 200


class Noise(Struct, frozen=True):
    """What the A/A copy showed on one case; ``floor`` is relative, ``None`` without a copy."""

    quiet: bool
    floor: float | None
    blocks_needed: int | None = None
    """Blocks after which the copy itself would fit the band; ``None`` if not foreseeable."""


class Judgement(Struct, frozen=True):
    """A verdict with the band it rests on."""

    verdict: Verdict
    band: float
    blocks_needed: int | None = None
    note: str = ""


def judge_noise(copy: Interval | None) -> Noise:
    """Judge the A/A interval: quiet if it holds 1 and stays within ±5 %."""
    if copy is None:
        return Noise(False, None)
    floor = math.exp(max(abs(math.log(copy.low)), abs(math.log(copy.high)))) - 1.0
    quiet = copy.low <= 1.0 <= copy.high and floor <= BAND
    return Noise(quiet, floor, None if quiet else blocks_needed(copy, BAND))


def judge(interval: Interval | None, noise: Noise) -> Judgement:
    """Return the verdict on a ratio of times (of a ÷ of b), said of a."""
    band = max(BAND, noise.floor or 0.0)
    if interval is None:
        return Judgement("undecided", band, LEAST_BLOCKS, "fewer than two blocks")
    if interval.blocks < LEAST_BLOCKS:
        note = f"only {interval.blocks} of at least {LEAST_BLOCKS} blocks"
        return Judgement("undecided", band, LEAST_BLOCKS, note)
    edge = math.log1p(band)
    low, high = math.log(interval.low), math.log(interval.high)
    if high < -edge:
        return Judgement("faster", band)
    if low > edge:
        return Judgement("slower", band)
    # "Equivalent" is a claim about small differences, so it needs a machine that can show them.
    if -math.log1p(BAND) <= low and high <= math.log1p(BAND):
        if noise.quiet:
            return Judgement("equivalent", band)
        return Judgement("undecided", band, noise.blocks_needed, _noisy(noise))
    if noise.quiet:
        return Judgement("undecided", band, blocks_needed(interval, band))
    # More blocks narrow the noise as well, so both must come down to the practical band.
    both = (blocks_needed(interval, BAND), noise.blocks_needed)
    needed = None if both[0] is None or both[1] is None else max(both[0], both[1])
    return Judgement("undecided", band, needed, _noisy(noise))


def blocks_needed(interval: Interval, band: float) -> int | None:
    """Return the blocks (in all) after which the interval would leave or fit the band.

    Supposes that ratio and spread stay as they are; ``None`` if that is not foreseeable.
    """
    edge = math.log1p(band)
    distance = abs(abs(math.log(interval.ratio)) - edge)
    for blocks in range(interval.blocks + 1, _FORESEEABLE_BLOCKS + 1):
        quantile = t_quantile(0.5 + CONFIDENCE / 2, blocks - 1)
        if quantile * interval.deviation / math.sqrt(blocks) < distance:
            return blocks
    return None


def _noisy(noise: Noise) -> str:
    if noise.floor is None:
        return "without an A/A copy the noise of this machine is not known"
    return f"two runs of the same arm differ by up to {noise.floor:.0%} here"
