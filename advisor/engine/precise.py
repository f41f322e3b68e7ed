"""The sample of `sampling`, ten thousand draws at once, with numpy.

Only the raw streams of PCG64 are used: numpy promises that these never change, while its
distributions may. A variable, like every other source of chance, has a stream of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .drawing import Drawer, Open
from .evaluate import Evaluation
from .sampling import (
    DRAWS_STATED_PRIORITIES,
    DRAWS_UNKNOWN_PRIORITIES,
    Support,
    deviations_of,
    shares,
)
from .space import State, Test
from .tables import CompiledRule, Tables

Column = Any
"""A numpy array with one number per draw."""

ANSWERS, KNOWLEDGE, PRIORITIES = range(3)


class Streams:
    """Uniform numbers between 0 and 1 by what they decide."""

    def __init__(self, seed: int, samples: int) -> None:
        """Prepare streams of `samples` numbers."""
        self.seed, self.samples = seed, samples

    def column(self, cause: int, which: int, part: int = 0) -> Column:
        """Return the numbers of one source of chance."""
        sequence = np.random.SeedSequence((self.seed, cause, which, part))
        raw = np.random.PCG64(sequence).random_raw(self.samples)
        # The middle of each of 2⁵³ steps: never 0, so a logarithm is always finite.
        return ((raw >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


class Draws:
    """All completions at once: values by option and criterion, weight points, who is ruled out."""

    def __init__(self, drawer: Drawer, streams: Streams) -> None:
        """Draw them."""
        self.drawer, self.streams = drawer, streams
        start, count = drawer.start, streams.samples
        values, points = np.array(start.values), np.array(start.points)
        self.values = np.repeat(values[:, :, None], count, axis=2)
        self.points = np.repeat(points[:, None], count, axis=1)
        self.vetoed: Column = np.zeros((len(start.values), count), dtype=bool)
        for option in start.vetoed:
            self.vetoed[option] = True
        self.bits: dict[int, Column] = {}
        for asked in drawer.questions:
            if asked.question.kind == "ranking":
                self._rank(asked.question.most, asked.indices)
            else:
                applies = self._all(asked.tests)
                for one in asked.open_ones:
                    self._draw(one, applies)
        for rule in drawer.by_test:
            self._add((rule,), self._all(rule.tests))

    def _draw(self, one: Open, applies: Column) -> None:
        position = np.searchsorted(
            np.array(one.heaps), self.streams.column(ANSWERS, one.index), side="right"
        )
        bits = np.array(one.masks)[position]
        if one.absent:
            position = np.where(applies, position, -1)
            bits = np.where(applies, bits, one.absent)
        self.bits[one.index] = bits
        for place, rules in enumerate(one.rules):
            if rules:
                self._add(rules, position == place)

    def _rank(self, most: int, indices: list[int]) -> None:
        """Rank the members by their numbers, as the plain sample does."""
        *members, top = indices
        numbers = np.array([self.streams.column(ANSWERS, index) for index in members])
        ranks = numbers.argsort(axis=0).argsort(axis=0)
        cells = [
            (index, (rank < most).astype(int)) for index, rank in zip(members, ranks, strict=True)
        ]
        for index, column in [*cells, (top, ranks.argmin(axis=0))]:
            self.bits[index] = np.left_shift(1, column)
            for cell in range(len(self.drawer.space.variables[index].cells)):
                rules = self.drawer.by_cell.get((index, cell))
                if rules:
                    self._add(rules, column == cell)

    def _all(self, tests: Iterable[Test]) -> Column:
        """Say in which draws all conditions hold; what was not drawn yet counts as it stands."""
        holds: Column = np.ones(self.streams.samples, dtype=bool)
        for index, mask in tests:
            holds &= (self.bits.get(index, self.drawer.possible[index]) & mask) != 0
        return holds

    def _add(self, rules: Iterable[CompiledRule], holds: Column) -> None:
        counts = holds.astype(np.float64)
        for rule in rules:
            for option, criterion, likely, _ in rule.effects:
                self.values[option, criterion] += likely * counts
            for criterion, added in rule.points:
                self.points[criterion] += added * counts
            for option in rule.vetoes:
                self.vetoed[option] |= holds


def sample_precisely(
    tables: Tables,
    state: State,
    evaluation: Evaluation,
    seed: int,
    samples: int,
    ranked: Sequence[int],
) -> Support:
    """Return what a sample with numpy says."""
    streams = Streams(seed, samples)
    draws = Draws(Drawer(tables, state, evaluation), streams)
    weights = _weights(draws.points, streams, ranked)
    noises = _normal(streams, deviations_of(tables, evaluation))
    leader, runner = evaluation.order()[:2]
    scores = noises + (weights * draws.values).sum(axis=1)
    scores[draws.vetoed] = -1.0
    highest, nobody = scores.max(axis=0), draws.vetoed.all(axis=0)
    first = np.where(nobody, -1, scores.argmax(axis=0))
    regret = np.where(nobody, 0.0, highest - np.maximum(scores[leader], 0.0))
    expected = np.array(evaluation.values[leader]) - np.array(evaluation.values[runner])
    plain = (draws.points * (draws.values[leader] - draws.values[runner])).sum(axis=0)
    options = range(len(scores))
    return Support(
        first=[float((first == option).mean()) for option in options],
        nobody=float(nobody.mean()),
        ahead=[[float((scores[o] > scores[p]).mean()) for p in options] for o in options],
        regret=float(regret.mean()),
        causes=shares(
            {
                "answers": float((plain / draws.points.sum(axis=0)).var()),
                "knowledge": float((noises[leader] - noises[runner]).var()),
                "priorities": float((weights * expected[:, None]).sum(axis=0).var()),
            }
        ),
        samples=samples,
        sampler="numpy",
    )


def _weights(points: Column, streams: Streams, ranked: Sequence[int]) -> Column:
    draws = DRAWS_STATED_PRIORITIES if ranked else DRAWS_UNKNOWN_PRIORITIES
    raw = points.copy()
    for criterion in range(len(raw)):
        product = streams.column(PRIORITIES, criterion)
        for part in range(1, draws):
            product *= streams.column(PRIORITIES, criterion, part)
        raw[criterion] *= -np.log(product)
    if ranked:
        raw[list(ranked)] = -np.sort(-raw[list(ranked)], axis=0)
    return raw / raw.sum(axis=0)


def _normal(streams: Streams, deviations: Sequence[float]) -> Column:
    """Return normally distributed numbers by option (Box and Muller)."""
    rows = []
    for option, deviation in enumerate(deviations):
        length = np.sqrt(-2.0 * np.log(streams.column(KNOWLEDGE, option)))
        angle = np.cos(2.0 * np.pi * streams.column(KNOWLEDGE, option, 1))
        rows.append(deviation * length * angle)
    return np.array(rows)
