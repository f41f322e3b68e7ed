"""Draws completions of what is open, and says what each comes to, without walking every rule.

What is settled is added up once. A rule that hangs on one open variable is added to the sums of
that variable's cells, so a draw only looks them up; rules on several variables are tested. Every
variable has its own number in a draw, open or not, so two states see the same chance.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate

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


class Open(msgspec.Struct, frozen=True):
    """An open variable: masks of its possible cells, their shares added up, the rules of each."""

    index: int
    masks: tuple[int, ...]
    heaps: tuple[float, ...]
    rules: tuple[list[CompiledRule], ...]
    absent: int


class OpenQuestion(msgspec.Struct, frozen=True):
    """A question with all its variables, the open ones, and the conditions to be asked it."""

    question: Question
    indices: list[int]
    open_ones: list[Open]
    tests: list[Test]


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

    def _open_questions(self) -> Iterator[OpenQuestion]:
        for name, indices in self.space.of_question.items():
            open_ones = [
                self._open(i) for i in indices if self.possible[i] & (self.possible[i] - 1)
            ]
            if open_ones:
                question = self.space.questions[name]
                tests = [self.space.test(atom) for atom in question.applies]
                yield OpenQuestion(question, indices, open_ones, tests)

    def _open(self, index: int) -> Open:
        variable, possible = self.space.variables[index], self.possible[index]
        prior = self.space.shares_of(self.state, index)
        cells = [c for c in range(len(prior)) if possible >> c & 1]
        shares = [prior[c] for c in cells]
        total = sum(shares) or 1.0
        # The last one is left out: whatever lies beyond the others falls to it.
        heaps = tuple(accumulate(share / total for share in shares[:-1]))
        rules = tuple(self.by_cell.get((index, cell), []) for cell in cells)
        masks = tuple(1 << cell for cell in cells)
        return Open(index, masks, heaps, rules, possible & variable.absent)

    def draw(self, chance: Sequence[float]) -> Outcome:
        """Return what the completion comes to that `chance` picks: a uniform number by variable."""
        start = self.start
        outcome = Outcome([row[:] for row in start.values], start.points[:], set(start.vetoed))
        if not self.questions:
            return outcome
        possible = self.possible[:]
        for asked in self.questions:
            if asked.question.kind == "ranking":
                self._rank(possible, asked.question.most, asked.indices, chance, outcome)
                continue
            applies = True
            for i, mask in asked.tests:
                applies = applies and bool(possible[i] & mask)
            for one in asked.open_ones:
                if one.absent and not applies:
                    possible[one.index] = one.absent
                    continue
                position = bisect(one.heaps, chance[one.index])
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
        self,
        possible: list[int],
        most: int,
        indices: list[int],
        chance: Sequence[float],
        outcome: Outcome,
    ) -> None:
        """Rank the members by their numbers: every order of `most` of them is equally likely."""
        *members, top = indices
        chosen = sorted(members, key=lambda index: chance[index])[:most]
        for index in members:
            self._settle(possible, index, index in chosen, outcome)
        self._settle(possible, top, members.index(chosen[0]), outcome)

    def _settle(self, possible: list[int], index: int, cell: int, outcome: Outcome) -> None:
        possible[index] = 1 << cell
        for rule in self.by_cell.get((index, cell), ()):
            _add(outcome, rule)


def _add(outcome: Outcome, rule: CompiledRule) -> None:
    """Add what a rule says."""
    values, points = outcome.values, outcome.points
    for option, criterion, likely, _ in rule.effects:
        values[option][criterion] += likely
    for criterion, added in rule.points:
        points[criterion] += added
    if rule.vetoes:
        outcome.vetoed.update(rule.vetoes)
