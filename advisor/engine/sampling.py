"""How much of what is still uncertain speaks for each option: a seeded sample without numpy.

After SMAA-2 (Lahdelma & Salminen 2001), with three causes of uncertainty: *answers* that are
open are drawn from their priors, *knowledge* varies by the spread of every effect, *priorities*
vary as gamma-distributed weights, wide while the person has not named any. The first-rank share
of an option is called its support. It is not a chance of success.
"""

from __future__ import annotations

from math import log
from random import Random

import msgspec

from .drawing import Drawer, Outcome
from .evaluate import Evaluation
from .space import State
from .tables import Tables

SAMPLES = 300
"""Shares are right to about three points; a quick command has ten milliseconds for them."""
DRAWS_UNKNOWN_PRIORITIES = 2
DRAWS_STATED_PRIORITIES = 6


class Support(msgspec.Struct):
    """What the sample says: shares in option order, pairwise shares, regret, causes."""

    first: list[float]
    nobody: float
    ahead: list[list[float]]
    regret: float
    causes: dict[str, float]
    samples: int


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
    stated_priorities: bool,
) -> Support:
    """Return support and regret of the leader of `evaluation`; the same seed, the same numbers."""
    random = Random(seed)
    criteria = range(len(tables.criteria))
    leader, runner = evaluation.order()[:2]
    deviations = _deviations(tables, evaluation)
    drawer = Drawer(tables, state, evaluation)
    draws = DRAWS_STATED_PRIORITIES if stated_priorities else DRAWS_UNKNOWN_PRIORITIES
    expected = [
        a - b for a, b in zip(evaluation.values[leader], evaluation.values[runner], strict=True)
    ]
    tally = _Tally(len(tables.options))
    for _ in range(samples):
        outcome = drawer.draw(random)
        weights = _weights(outcome.points, draws, random)
        noises = [random.gauss(0.0, deviation) for deviation in deviations]
        scores = [
            noise + sum([weights[c] * row[c] for c in criteria])
            for row, noise in zip(outcome.values, noises, strict=True)
        ]
        tally.add(scores, outcome.vetoed, leader)
        tally.answers.append(_plain_margin(outcome, leader, runner))
        tally.knowledge.append(noises[leader] - noises[runner])
        tally.priorities.append(sum([weights[c] * expected[c] for c in criteria]))
    return Support(
        first=[n / samples for n in tally.first],
        nobody=tally.nobody / samples,
        ahead=[[n / samples for n in row] for row in tally.ahead],
        regret=tally.regret / samples,
        causes=_shares(
            {
                "answers": tally.answers,
                "knowledge": tally.knowledge,
                "priorities": tally.priorities,
            }
        ),
        samples=samples,
    )


def _plain_margin(outcome: Outcome, leader: int, runner: int) -> float:
    """Return the margin with the weights as they are: what the open answers alone do."""
    rows = zip(outcome.points, outcome.values[leader], outcome.values[runner], strict=True)
    return sum([point * (a - b) for point, a, b in rows]) / sum(outcome.points)


def _deviations(tables: Tables, evaluation: Evaluation) -> list[float]:
    """Return the standard deviation of every score: independent spreads add as variances."""
    squares = [[s * s for s in row] for row in tables.base_spread]
    for rule, chance in evaluation.firings:
        for option, criterion, _, deviation in rule.effects:
            squares[option][criterion] += chance * deviation * deviation
    return [
        sum(w * w * s for w, s in zip(evaluation.weights, row, strict=True)) ** 0.5
        for row in squares
    ]


def _weights(points: list[float], draws: int, random: Random) -> list[float]:
    """Return weights around `points`: gamma of shape `draws`, so one draw is the whole simplex."""
    uniform = random.random
    raw = []
    for point in points:
        product = 1.0
        for _ in range(draws):
            product *= 1.0 - uniform()
        raw.append(-point * log(product))
    total = sum(raw) or 1.0
    return [r / total for r in raw]


def _shares(by_cause: dict[str, list[float]]) -> dict[str, float]:
    variances = {}
    for cause, numbers in by_cause.items():
        mean = sum(numbers) / len(numbers)
        variances[cause] = sum([(n - mean) ** 2 for n in numbers]) / len(numbers)
    total = sum(variances.values())
    return {cause: v / total if total else 0.0 for cause, v in variances.items()}
