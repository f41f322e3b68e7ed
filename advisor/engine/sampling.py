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

from .evaluate import Evaluation
from .space import Space, State
from .tables import CompiledRule, Tables

SAMPLES = 400
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


def sample(
    tables: Tables,
    state: State,
    evaluation: Evaluation,
    extra: list[CompiledRule],
    *,
    seed: int,
    samples: int = SAMPLES,
    stated_priorities: bool,
) -> Support:
    """Return support and regret of the leader of `evaluation`; the same seed, the same numbers."""
    random = Random(seed)
    count = len(tables.options)
    spreads = _spreads(tables, evaluation)
    settled, undecided = _split(evaluation)
    drawer = _Drawer(tables.space, state)
    draws = DRAWS_STATED_PRIORITIES if stated_priorities else DRAWS_UNKNOWN_PRIORITIES
    first, nobody = [0] * count, 0
    ahead = [[0] * count for _ in range(count)]
    leader, runner = evaluation.order()[:2]
    regret = 0.0
    by_cause: dict[str, list[float]] = {"answers": [], "knowledge": [], "priorities": []}
    for _ in range(samples):
        values, points, vetoed = _outcome(tables, settled, undecided, drawer, random)
        weights = _weights(points, draws, random)
        plain_total = sum(points)
        scores, noises = [], []
        for option in range(count):
            row, deviations = values[option], spreads[option]
            variance = 0.0
            score = 0.0
            for weight, value, deviation in zip(weights, row, deviations, strict=True):
                score += weight * value
                variance += (weight * deviation) ** 2
            noise = random.gauss(0.0, 1.0) * variance**0.5
            noises.append(noise)
            scores.append(score + noise)
        feasible = [o for o in range(count) if o not in vetoed]
        best = max(feasible, key=lambda o: scores[o], default=None)
        if best is None:
            nobody += 1
        else:
            first[best] += 1
            lost = scores[best] - (scores[leader] if leader not in vetoed else 0.0)
            regret += max(lost, 0.0)
        for a in range(count):
            for b in range(count):
                wins = a not in vetoed and (b in vetoed or scores[a] > scores[b])
                ahead[a][b] += wins
        difference = [a - b for a, b in zip(values[leader], values[runner], strict=True)]
        by_cause["answers"].append(
            sum(p * d for p, d in zip(points, difference, strict=True)) / plain_total
        )
        by_cause["knowledge"].append(noises[leader] - noises[runner])
        by_cause["priorities"].append(
            sum(
                w * (a - b)
                for w, a, b in zip(
                    weights, evaluation.values[leader], evaluation.values[runner], strict=True
                )
            )
        )
    return Support(
        first=[n / samples for n in first],
        nobody=nobody / samples,
        ahead=[[n / samples for n in row] for row in ahead],
        regret=regret / samples,
        causes=_shares(by_cause),
        samples=samples,
    )


def _spreads(tables: Tables, evaluation: Evaluation) -> list[list[float]]:
    """Return the standard deviation of every value: independent spreads add as variances."""
    squares = [[s * s for s in row] for row in tables.base_spread]
    for rule, chance in evaluation.firings:
        for option, criterion, _, deviation in rule.effects:
            squares[option][criterion] += chance * deviation * deviation
    return [[s**0.5 for s in row] for row in squares]


def _split(evaluation: Evaluation) -> tuple[list[CompiledRule], list[CompiledRule]]:
    settled = [rule for rule, chance in evaluation.firings if chance >= 1.0]
    undecided = [rule for rule, chance in evaluation.firings if chance < 1.0]
    return settled, undecided


class _Drawer:
    """Draws a complete state from what is open; questions that do not apply drop out."""

    def __init__(self, space: Space, state: State) -> None:
        self.space = space
        self.state = state
        self.open: list[tuple[str, list[int]]] = []
        for name, indices in space.of_question.items():
            unsettled = [i for i in indices if state.possible[i] & (state.possible[i] - 1)]
            if unsettled:
                self.open.append((name, unsettled))
        self.conditions = {
            question.id: [space.test(atom) for atom in question.applies]
            for question in space.questions.values()
        }

    def draw(self, random: Random) -> list[int]:
        possible = self.state.possible[:]
        for name, indices in self.open:
            tests = self.conditions[name]
            applies = all(possible[i] & mask for i, mask in tests)
            kind = self.space.questions[name].kind
            if kind == "ranking":
                self._rank(possible, name, random)
                continue
            for index in indices:
                variable = self.space.variables[index]
                absent = possible[index] & variable.absent
                if absent and not applies:
                    possible[index] = variable.absent
                else:
                    possible[index] = 1 << self._cell(index, possible[index], random)
        return possible

    def _cell(self, index: int, possible: int, random: Random) -> int:
        prior = self.space.variables[index].prior
        cells = [c for c in range(len(prior)) if possible >> c & 1]
        target = random.random() * sum(prior[c] for c in cells)
        for cell in cells:
            target -= prior[cell]
            if target < 0:
                return cell
        return cells[-1]

    def _rank(self, possible: list[int], name: str, random: Random) -> None:
        question = self.space.questions[name]
        *members, top = self.space.of_question[name]
        chosen = random.sample(range(len(members)), min(question.most, len(members)))
        for position, index in enumerate(members):
            possible[index] = 0b10 if position in chosen else 0b01
        possible[top] = 1 << chosen[0]


def _outcome(
    tables: Tables,
    settled: list[CompiledRule],
    undecided: list[CompiledRule],
    drawer: _Drawer,
    random: Random,
) -> tuple[list[list[float]], list[float], set[int]]:
    """Return values, weight points and ruled-out options of one drawn completion."""
    held = settled
    if undecided:
        possible = drawer.draw(random)
        held = settled + [
            rule for rule in undecided if all(not possible[i] & ~mask for i, mask in rule.tests)
        ]
    values = [row[:] for row in tables.base]
    points = tables.points[:]
    vetoed: set[int] = set()
    for rule in held:
        for option, criterion, likely, _ in rule.effects:
            values[option][criterion] += likely
        for criterion, added in rule.points:
            points[criterion] += added
        vetoed.update(rule.vetoes)
    return values, points, vetoed


def _weights(points: list[float], draws: int, random: Random) -> list[float]:
    """Return weights around `points`: gamma of shape `draws`, so one draw is the whole simplex."""
    raw = []
    for point in points:
        product = 1.0
        for _ in range(draws):
            product *= 1.0 - random.random()
        raw.append(-point * log(product))
    total = sum(raw) or 1.0
    return [r / total for r in raw]


def _shares(by_cause: dict[str, list[float]]) -> dict[str, float]:
    variances = {}
    for cause, numbers in by_cause.items():
        mean = sum(numbers) / len(numbers)
        variances[cause] = sum((n - mean) ** 2 for n in numbers) / len(numbers)
    total = sum(variances.values())
    return {cause: v / total if total else 0.0 for cause, v in variances.items()}
