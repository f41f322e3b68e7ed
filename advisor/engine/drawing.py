"""Draws completions of what is open, and says what each comes to, without walking every rule.

What is settled is added up once. A rule that hangs on one open variable is added to the sums of
that variable's cells, so a draw only looks them up; rules on several variables are tested.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from random import Random

import msgspec

from knowledge.model.question import Question

from .evaluate import Evaluation
from .space import State, Test
from .tables import CompiledRule, Tables


class Outcome(msgspec.Struct):
    """What a completion comes to: values by option and criterion, weight points, ruled out."""

    values: list[list[float]]
    points: list[float]
    vetoed: set[int]


class _Open(msgspec.Struct, frozen=True):
    """An open variable: masks of its possible cells, their shares added up, the rules of each."""

    index: int
    masks: tuple[int, ...]
    heaps: tuple[float, ...]
    rules: tuple[list[CompiledRule], ...]
    absent: int


_OpenQuestion = tuple[Question, list[int], list[_Open], list[Test]]
"""A question with all its variables, the open ones, and the conditions under which it is asked."""


class Drawer:
    """Draws completions of one state."""

    def __init__(self, tables: Tables, state: State, evaluation: Evaluation) -> None:
        """Sort the rules of `evaluation` by what they hang on."""
        self.space = tables.space
        self.state = state
        self.possible = state.possible
        settled = [rule for rule, chance in evaluation.firings if chance >= 1.0]
        undecided = [rule for rule, chance in evaluation.firings if chance < 1.0]
        self.start = Outcome([row[:] for row in tables.base], tables.points[:], set())
        for rule in settled:
            _add(self.start, rule)
        self.by_cell: dict[tuple[int, int], list[CompiledRule]] = {}
        self.by_test: list[CompiledRule] = []
        for rule in undecided:
            self._sort_in(rule)
        self.questions = list(self._open_questions())

    def _sort_in(self, rule: CompiledRule) -> None:
        unsettled = {i for i, mask in rule.tests if self.possible[i] & ~mask}
        if len(unsettled) > 1:
            self.by_test.append(rule)
            return
        index = unsettled.pop()
        mask = self.possible[index]
        for i, inside in rule.tests:
            if i == index:
                mask &= inside
        for cell in range(len(self.space.variables[index].cells)):
            if mask >> cell & 1:
                self.by_cell.setdefault((index, cell), []).append(rule)

    def _open_questions(self) -> Iterator[_OpenQuestion]:
        for name, indices in self.space.of_question.items():
            open_ones = [
                self._open(i) for i in indices if self.possible[i] & (self.possible[i] - 1)
            ]
            if open_ones:
                question = self.space.questions[name]
                tests = [self.space.test(atom) for atom in question.applies]
                yield question, indices, open_ones, tests

    def _open(self, index: int) -> _Open:
        variable, possible = self.space.variables[index], self.possible[index]
        prior = self.space.shares_of(self.state, index)
        cells = [c for c in range(len(prior)) if possible >> c & 1]
        shares = [prior[c] for c in cells]
        total = sum(shares) or 1.0
        # The last one is left out: whatever lies beyond the others falls to it.
        heaps = tuple(accumulate(share / total for share in shares[:-1]))
        rules = tuple(self.by_cell.get((index, cell), []) for cell in cells)
        masks = tuple(1 << cell for cell in cells)
        return _Open(index, masks, heaps, rules, possible & variable.absent)

    def draw(self, random: Random) -> Outcome:
        """Return what one random completion comes to."""
        start = self.start
        outcome = Outcome([row[:] for row in start.values], start.points[:], set(start.vetoed))
        if not self.questions:
            return outcome
        possible = self.possible[:]
        uniform = random.random
        for question, indices, open_ones, tests in self.questions:
            if question.kind == "ranking":
                self._rank(possible, question.most, indices, random, outcome)
                continue
            applies = True
            for i, mask in tests:
                applies = applies and bool(possible[i] & mask)
            for one in open_ones:
                if one.absent and not applies:
                    possible[one.index] = one.absent
                    continue
                position = bisect(one.heaps, uniform())
                possible[one.index] = one.masks[position]
                for rule in one.rules[position]:
                    _add(outcome, rule)
        for rule in self.by_test:
            for index, mask in rule.tests:
                if possible[index] & ~mask:
                    break
            else:
                _add(outcome, rule)
        return outcome

    def _rank(
        self, possible: list[int], most: int, indices: list[int], random: Random, outcome: Outcome
    ) -> None:
        """Draw an ordered choice of `most` out of the members of a ranking."""
        *members, top = indices
        chosen = random.sample(range(len(members)), min(most, len(members)))
        cells = [1 if position in chosen else 0 for position in range(len(members))]
        for index, cell in zip(indices, [*cells, chosen[0]], strict=True):
            possible[index] = 1 << cell
            for rule in self.by_cell.get((index, cell), ()):
                _add(outcome, rule)
        assert possible[top] == 1 << chosen[0]


def _add(outcome: Outcome, rule: CompiledRule) -> None:
    """Add what a rule says."""
    values, points = outcome.values, outcome.points
    for option, criterion, likely, _ in rule.effects:
        values[option][criterion] += likely
    for criterion, added in rule.points:
        points[criterion] += added
    if rule.vetoes:
        outcome.vetoed.update(rule.vetoes)
