"""Which workloads count for somebody with these answers: those that measure rules listen to."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.engine.space import Answer
from advisor.engine.tables import Tables

MOST_WORKLOADS = 4
"""A quick run measures so many: more would not end within four minutes on two cores."""


def workloads_for(
    tables: Tables, answers: Mapping[str, Answer], most: int = MOST_WORKLOADS
) -> list[str]:
    """Return the workloads that can move the advice, those that weigh most first.

    A rule counts by its share, the weight of its criterion for these answers, and the chance that
    its conditions hold; with few answers that chance is small for each, and many are returned.
    Without any, none counts more than another: an empty list, and the usual ones are measured.
    """
    if not answers:
        return []
    from advisor.engine.evaluate import evaluate

    state = tables.space.encode(answers)
    weights = evaluate(tables, state).weights
    counts: dict[str, float] = {}
    for measure in tables.measures:
        chance = measure.rule.share * weights[measure.criterion]
        for test in measure.tests:
            chance *= tables.space.likelihood(state, test)
        workload = measure.rule.workload
        counts[workload] = counts.get(workload, 0.0) + chance
    found = sorted((name for name in counts if counts[name] > 0), key=lambda n: (-counts[n], n))
    return found[:most]
