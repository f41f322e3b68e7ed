"""How much of what is still uncertain speaks for each option: a seeded sample.

After SMAA-2 (Lahdelma & Salminen 2001), with three causes of uncertainty: *answers* that are
open are drawn from their priors, *knowledge* varies by the spread of every effect, *priorities*
vary as gamma-distributed weights, wide while the person has not named any. Weights of criteria
that were named keep the order in which they were named, in every draw. The first-rank share of an
option is called its support. It is not a chance of success.

Each cause draws from a stream of its own, so another answer does not change the chance that the
other causes see. A small sample is drawn in plain Python; a large one with numpy where it is
installed, from other streams: which of the two is recorded, since their numbers differ a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from operator import mul
from random import Random
from typing import Literal

import msgspec

from .drawing import Drawer, Outcome
from .evaluate import Evaluation
from .space import State
from .tables import Tables

SAMPLES = 300
"""Shares are right to about three points; a quick command has ten milliseconds for them."""
PRECISE_FROM = 1_000
"""From here on plain Python would take longer than numpy takes to be imported."""
DRAWS_UNKNOWN_PRIORITIES = 2
DRAWS_STATED_PRIORITIES = 6

Sampler = Literal["plain", "numpy"]


class Support(msgspec.Struct):
    """What the sample says: shares in option order, pairwise shares, regret, causes."""

    first: list[float]
    nobody: float
    ahead: list[list[float]]
    regret: float
    causes: dict[str, float]
    samples: int
    sampler: Sampler


class _Tally:
    """Counts over the samples, and the margin of the first two by cause."""

    def __init__(self, count: int) -> None:
        self.first = [0] * count
        self.nobody = 0
        self.ahead = [[0] * count for _ in range(count)]
        self.regret = 0.0
        self.answers: list[float] = []
        self.knowledge: list[float] = []
        self.priorities: list[float] = []

    def add(self, scores: list[float], vetoed: set[int], leader: int) -> None:
        """Count one sample: who is first, who is ahead of whom, what the leader loses."""
        if vetoed:
            scores = [-1.0 if o in vetoed else s for o, s in enumerate(scores)]
        highest = max(scores)
        if highest == -1.0:
            self.nobody += 1
        else:
            self.first[scores.index(highest)] += 1
            self.regret += highest - max(scores[leader], 0.0)
        for mine, row in zip(scores, self.ahead, strict=True):
            for other, theirs in enumerate(scores):
                if mine > theirs:
                    row[other] += 1


def sample(
    tables: Tables,
    state: State,
    evaluation: Evaluation,
    *,
    seed: int,
    samples: int = SAMPLES,
    ranked: Sequence[int] = (),
) -> Support:
    """Return support and regret of the leader of `evaluation`; the same seed, the same numbers.

    `ranked`: the criteria that the person named as most important, in that order.
    """
    if samples >= PRECISE_FROM:
        try:
            from .precise import sample_precisely
        except ImportError:
            pass  # numpy comes with the frameworks, and these may be missing
        else:
            return sample_precisely(tables, state, evaluation, seed, samples, ranked)
    return sample_plainly(tables, state, evaluation, seed, samples, ranked)


def sample_plainly(
    tables: Tables,
    state: State,
    evaluation: Evaluation,
    seed: int,
    samples: int,
    ranked: Sequence[int],
) -> Support:
    """Return what a sample in plain Python says."""
    answers, knowledge, wide, narrow = (
        Random(f"{cause} {seed}") for cause in ("answers", "knowledge", "wide", "narrow")
    )
    variables = range(len(tables.space.variables))
    leader, runner = evaluation.order()[:2]
    deviations = deviations_of(tables, evaluation)
    drawer = Drawer(tables, state, evaluation)
    expected = [
        a - b for a, b in zip(evaluation.values[leader], evaluation.values[runner], strict=True)
    ]
    tally = _Tally(len(tables.options))
    number = answers.random
    for _ in range(samples):
        outcome = drawer.draw([number() for _ in variables])
        weights = weights_around(outcome.points, ranked, wide, narrow)
        noises = [knowledge.gauss(0.0, deviation) for deviation in deviations]
        scores = [
            noise + sum(map(mul, weights, row))
            for row, noise in zip(outcome.values, noises, strict=True)
        ]
        tally.add(scores, outcome.vetoed, leader)
        tally.answers.append(_plain_margin(outcome, leader, runner))
        tally.knowledge.append(noises[leader] - noises[runner])
        tally.priorities.append(sum(map(mul, weights, expected)))
    return Support(
        first=[n / samples for n in tally.first],
        nobody=tally.nobody / samples,
        ahead=[[n / samples for n in row] for row in tally.ahead],
        regret=tally.regret / samples,
        causes=shares(
            {
                "answers": _variance(tally.answers),
                "knowledge": _variance(tally.knowledge),
                "priorities": _variance(tally.priorities),
            }
        ),
        samples=samples,
        sampler="plain",
    )


def deviations_of(tables: Tables, evaluation: Evaluation) -> list[float]:
    """Return the standard deviation of every score: independent spreads add as variances."""
    squares = [[s * s for s in row] for row in tables.base_spread]
    for rule, chance in evaluation.firings:
        for option, criterion, _, deviation in rule.effects:
            squares[option][criterion] += chance * deviation * deviation
    return [
        sum(w * w * s for w, s in zip(evaluation.weights, row, strict=True)) ** 0.5
        for row in squares
    ]


def shares(variances: dict[str, float]) -> dict[str, float]:
    """Return each cause's share of the uncertainty."""
    total = sum(variances.values())
    return {cause: v / total if total else 0.0 for cause, v in variances.items()}


def _plain_margin(outcome: Outcome, leader: int, runner: int) -> float:
    """Return the margin with the weights as they are: what the open answers alone do."""
    rows = zip(outcome.points, outcome.values[leader], outcome.values[runner], strict=True)
    return sum([point * (a - b) for point, a, b in rows]) / sum(outcome.points)


def weights_around(
    points: list[float], ranked: Sequence[int], wide: Random, narrow: Random
) -> list[float]:
    """Return weights around `points`: one gamma each, so one draw covers the whole simplex."""
    raw = []
    more = DRAWS_STATED_PRIORITIES - DRAWS_UNKNOWN_PRIORITIES if ranked else 0
    for point in points:
        product = 1.0
        for _ in range(DRAWS_UNKNOWN_PRIORITIES):
            product *= 1.0 - wide.random()
        for _ in range(more):
            product *= 1.0 - narrow.random()
        raw.append(-point * log(product))
    falling = sorted([raw[c] for c in ranked], reverse=True)
    for criterion, weight in zip(ranked, falling, strict=True):
        raw[criterion] = weight
    total = sum(raw) or 1.0
    return [r / total for r in raw]


def _variance(numbers: list[float]) -> float:
    mean = sum(numbers) / len(numbers)
    return sum([(n - mean) ** 2 for n in numbers]) / len(numbers)
