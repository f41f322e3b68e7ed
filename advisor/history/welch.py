"""The interval of a ratio between two runs, whose blocks have nothing to do with each other.

Blocks of one run are paired, because both arms meet the same minute of the machine. Those of two
runs are not: Welch's t on the logarithms (B. L. Welch, Biometrika 34, 1947), which does not suppose
that both runs scatter alike.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from probes.bench.statistics import CONFIDENCE, Interval, t_quantile


def unpaired_interval(
    new: Sequence[float], old: Sequence[float], confidence: float = CONFIDENCE
) -> Interval | None:
    """Return new ÷ old with its interval, or None if one of them has fewer than two blocks.

    Args:
        new: One median per block of the new run.
        old: The same of the old run; any number of blocks.
        confidence: Coverage of the interval.
    """
    if len(new) < 2 or len(old) < 2:
        return None
    logs = [[math.log(value) for value in values] for values in (new, old)]
    middle = statistics.fmean(logs[0]) - statistics.fmean(logs[1])
    variances = [statistics.variance(one) for one in logs]
    shares = [variance / len(one) for variance, one in zip(variances, logs, strict=True)]
    error = math.sqrt(sum(shares))
    half = 0.0
    if error > 0:
        parts = [share**2 / (len(one) - 1) for share, one in zip(shares, logs, strict=True)]
        # Squares of tiny spreads can vanish; the fewest degrees of freedom are on the safe side.
        least = min(map(len, logs)) - 1
        freedom = error**4 / sum(parts) if sum(parts) > 0 else least
        half = t_quantile(0.5 + confidence / 2, max(freedom, least)) * error
    return Interval(
        ratio=math.exp(middle),
        low=math.exp(middle - half),
        high=math.exp(middle + half),
        blocks=min(map(len, logs)),
        deviation=math.sqrt(sum(variances)),
    )
