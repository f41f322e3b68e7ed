"""Several comparisons behind one claim: the more there are, the surer each must be.

Holm's step-down correction (1979) over the comparisons of one claim; each chance is that of the
ratio lying beyond the edge that decided it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import structs

from probes.bench.statistics import CONFIDENCE, Interval, t_distribution

from .comparing import Compared


def corrected(compared: Sequence[Compared]) -> list[Compared]:
    """Return the comparisons of one claim, undecided where they are not sure enough together."""
    chances = {
        place: chance(one.interval, one.margin)
        for place, one in enumerate(compared)
        if one.interval is not None
    }
    answer = list(compared)
    level, holds = (1.0 - CONFIDENCE) / 2, True
    for passed, place in enumerate(sorted(chances, key=lambda place: (chances[place], place))):
        one = answer[place]
        holds = holds and chances[place] <= level / (len(chances) - passed)
        if not holds and (one.verdict != "undecided" or one.within is not None):
            answer[place] = structs.replace(
                one,
                verdict="undecided",
                within=None,
                margin=0.0,
                blocks_needed=None,
                note=f"not sure enough for one of {len(chances)} comparisons made at once",
            )
    return answer


def chance(interval: Interval, margin: float) -> float:
    """Return the one-sided p-value of a log ratio at this distance from the deciding edge."""
    if margin <= 0.0:
        return 1.0
    error = interval.deviation / math.sqrt(interval.blocks)
    if error == 0.0:
        return 0.0
    return 1.0 - t_distribution(margin / error, interval.blocks - 1)
