"""Many comparisons at once: the more workloads a statement covers, the surer each must be.

Holm's step-down correction (1979) over the cases of one pair of arms, on the chance that a
difference as large as the one found comes from arms that differ by no more than the band.
"""

from __future__ import annotations

import math

from msgspec import structs

from probes.bench.document import Pair
from probes.bench.statistics import CONFIDENCE, Interval, t_distribution

DECIDED = ("faster", "slower")


def chance_within_band(interval: Interval, band: float) -> float:
    """Return the one-sided p-value of the difference against the edge of the band."""
    error = interval.deviation / math.sqrt(interval.blocks)
    beyond = abs(math.log(interval.ratio)) - math.log1p(band)
    if error == 0.0:
        return 0.0 if beyond > 0 else 1.0
    return 1.0 - t_distribution(beyond / error, interval.blocks - 1)


def corrected(pairs: dict[str, tuple[Pair, Interval | None]]) -> dict[str, Pair]:
    """Return the pairs of one statement, by case, with verdicts withheld that do not hold."""
    chances = {
        case: chance_within_band(interval, pair.band)
        for case, (pair, interval) in pairs.items()
        if interval is not None and pair.verdict != "not-comparable"
    }
    answer = {case: pair for case, (pair, _) in pairs.items()}
    level, holds = (1.0 - CONFIDENCE) / 2, True
    for place, case in enumerate(sorted(chances, key=lambda case: (chances[case], case))):
        holds = holds and chances[case] <= level / (len(chances) - place)
        if not holds and answer[case].verdict in DECIDED:
            answer[case] = structs.replace(
                answer[case],
                verdict="undecided",
                note=f"not sure enough for one of {len(chances)} comparisons made at once",
            )
    return answer
