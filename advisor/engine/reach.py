"""How far steps can move a decision at most: a bound that rules out most combinations unseen.

The margin of the leader over a rival is Σ points·difference. A step moves both by what the rules
that listen to it add or lose; where such a rule also hangs on other facts, these may take any
state that some other step brings. So every step has an interval by criterion, and the intervals
of several steps add up. A variable that two steps touch together may be anything then, which is
one more interval. Vetoes are bounded the same way, by the chance that they hold. A bound may let
a combination pass that does not flip; it never stops one that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from .changing import Step, changed
from .evaluate import Evaluation, measured_criteria
from .moving import (
    NOTHING,
    Interval,
    Moved,
    Moves,
    add,
    hull,
    least_meeting,
    least_product,
)
from .shift import differences
from .space import Answer, State, Test
from .tables import CompiledRule, Tables

SLACK = 1e-9
Term = str | int
"""A question, the number of a step, or (below zero) a variable that two steps touch at once."""

EVERYTHING: Interval = (0.0, 1.0)


class Reach:
    """Bounds for all combinations of some steps from one state."""

    def __init__(
        self,
        tables: Tables,
        answers: Mapping[str, Answer],
        state: State,
        evaluation: Evaluation,
        extra: Sequence[CompiledRule],
        steps: Sequence[Step],
    ) -> None:
        """Prepare the bounds."""
        self.tables, self.state, self.evaluation, self.steps = tables, state, evaluation, steps
        self.leader = evaluation.order()[0]
        self.measured = measured_criteria(extra)
        states = [tables.space.encode(changed(answers, [step])) for step in steps]
        self.touched = [differences(state, other) for other in states]
        self.shared = _shared(steps, self.touched)
        self.chances = [
            self._likelihoods(other, touched)
            for other, touched in zip(states, self.touched, strict=True)
        ]
        self.now: dict[Test, float] = {}
        self.hull = self._hull()
        points, values = tables.points, evaluation.values
        total = sum(points) + sum(
            chance * sum(added for _, added in rule.points) for rule, chance in evaluation.firings
        )
        self.points = [weight * total for weight in evaluation.weights]
        self.apart = [
            [mine - theirs for mine, theirs in zip(values[self.leader], row, strict=True)]
            for row in values
        ]
        self.margins = [
            sum(p * d for p, d in zip(self.points, row, strict=True)) for row in self.apart
        ]
        self.ranges: dict[Term, dict[Test, Interval]] = {}
        self.moves: dict[Term, Moved] = {}
        self.least: dict[Term, list[float]] = {}
        self.sharing: dict[Term, set[int]] = {}
        for number in range(len(steps)):
            self.ranges[number] = {t: (c, c) for t, c in self.chances[number].items()}
            self.moves[number] = self._moves(number)
            self.least[number] = self._alone(self.moves[number])
            self.sharing[number] = self.touched[number] & self.shared
        for index in self.shared:
            self.moves[-1 - index] = self._anything(index)
            self.least[-1 - index] = self._alone(self.moves[-1 - index])
        for name in dict.fromkeys(step.question for step in steps):
            self._add_question(name, [n for n, step in enumerate(steps) if step.question == name])
        self.ranked: dict[tuple[Term, ...], tuple[int, int]] = {}
        self.met: dict[tuple[Term, Term], list[float]] = {}
        self.vetoes = [
            [rule for rule in tables.rules if option in rule.vetoes]
            for option in range(len(values))
        ]
        tests = [{test for rule in rules for test in rule.tests} for rules in self.vetoes]
        self.listening = [
            {term for term, found in self.ranges.items() if found.keys() & mine} for mine in tests
        ]
        self.classes = [rank(chance) for chance in evaluation.veto_chance]

    def _add_question(self, name: str, numbers: list[int]) -> None:
        """Bound what any one of a question's steps can do."""
        self.ranges[name] = self._widest_ranges(numbers)
        self.moves[name] = hull([self.moves[number] for number in numbers])
        self.least[name] = [
            min(column) for column in zip(*(self.least[number] for number in numbers), strict=True)
        ]
        self.sharing[name] = set().union(*(self.sharing[number] for number in numbers))

    def may_flip(self, terms: Sequence[Term], wanted: int | None = None) -> bool:
        """Say whether these steps together may change who is first (or make `wanted` first).

        A question stands for any of its steps, one for each time it is named.
        """
        now = self.classes[self.leader]
        if self._ranks(self.leader, terms)[1] > now:
            return True
        close = []
        for rival in range(len(self.margins)) if wanted is None else (wanted,):
            best, _ = self._ranks(rival, terms)
            if best < now:
                return True
            if best == now < 2 and rival != self.leader:
                close.append(rival)
        if not close:
            return False
        margins = self._margins(terms)
        return any(margins[rival] <= SLACK for rival in close)

    def _margins(self, terms: Sequence[Term]) -> list[float]:
        """Return the least that can be left of the margin over each rival."""
        counts: dict[int, int] = {}
        for term in terms:
            for index in self.sharing[term]:
                counts[index] = counts.get(index, 0) + 1
        both: list[Term] = [-1 - index for index, count in counts.items() if count > 1]
        parts = [self.least[term] for term in (*terms, *both)]
        parts += [self._meet(one, other) for one, other in combinations((*terms, *both), 2)]
        return [sum(column) for column in zip(self.margins, *parts, strict=True)]

    def _meet(self, one: Term, other: Term) -> list[float]:
        """Return the least that new points of one on new differences of the other add."""
        if (one, other) not in self.met:
            points, apart = self.moves[one]
            others, theirs = self.moves[other]
            self.met[one, other] = [
                least_meeting(points, theirs[rival]) + least_meeting(others, apart[rival])
                for rival in range(len(self.margins))
            ]
        return self.met[one, other]

    def _anything(self, index: int) -> Moved:
        """Return what it may add that two steps touch a variable at once.

        A rule that listens to it was counted by both as if it were alone, once up and once down
        at worst, and may in truth do as much the other way: three times its effect.
        """
        return self._sum((rule, -3.0, 3.0) for rule in self.tables.listening[index])

    def _ranks(self, option: int, terms: Sequence[Term]) -> tuple[int, int]:
        """Return the best and the worst that vetoes can make of an option."""
        listening = self.listening[option]
        if listening.isdisjoint(terms):
            return self.classes[option], self.classes[option]
        key = (option, *(term for term in terms if term in listening))
        if key not in self.ranked:
            self.ranked[key] = self._rank(option, [self.ranges[term] for term in key[1:]])
        return self.ranked[key]

    def _rank(self, option: int, ranges: Sequence[dict[Test, Interval]]) -> tuple[int, int]:
        few = many = 1.0
        for rule in self.vetoes[option]:
            low = high = 1.0
            for test in rule.tests:
                touched = [found[test] for found in ranges if test in found]
                if not touched:
                    bottom = top = self._settled(test)
                else:
                    bottom, top = touched[0] if len(touched) == 1 else EVERYTHING
                low, high = low * bottom, high * top
            few, many = few * (1.0 - low), many * (1.0 - high)
        surely, perhaps = 1.0 - few, 1.0 - many
        return rank(surely if surely >= 1 else surely - SLACK), rank(perhaps + SLACK)

    def _widest_ranges(self, numbers: Sequence[int]) -> dict[Test, Interval]:
        """Return the range of each condition once one of these steps is taken."""
        found: dict[Test, Interval] = {}
        for test in {test for number in numbers for test in self.chances[number]}:
            chances = [
                chance
                if (chance := self.chances[number].get(test)) is not None
                else self._settled(test)
                for number in numbers
            ]
            found[test] = (min(chances), max(chances))
        return found

    def _settled(self, test: Test) -> float:
        if test not in self.now:
            self.now[test] = self.tables.space.likelihood(self.state, test)
        return self.now[test]

    def _likelihoods(self, state: State, touched: Iterable[int]) -> dict[Test, float]:
        likelihood = self.tables.space.likelihood
        return {
            test: likelihood(state, test)
            for index in touched
            for rule in self.tables.listening[index]
            for test in rule.tests
            if test[0] == index
        }

    def _hull(self) -> dict[Test, Interval]:
        """Return for every condition that steps touch the range of its chances."""
        found: dict[Test, Interval] = {}
        for chances in self.chances:
            for test, chance in chances.items():
                low, high = found.get(test) or (self._settled(test),) * 2
                found[test] = (
                    EVERYTHING if test[0] in self.shared else (min(low, chance), max(high, chance))
                )
        return found

    def _moves(self, number: int) -> Moved:
        """Return what a step does to points, and to the difference from each rival."""
        touched = self.touched[number]
        rules = {rule.id: rule for index in touched for rule in self.tables.listening[index]}
        return self._sum((rule, *self._change(number, rule, touched)) for rule in rules.values())

    def _sum(self, changes: Iterable[tuple[CompiledRule, float, float]]) -> Moved:
        """Add up what rules do whose chance moves between two amounts."""
        points: Moves = {}
        apart: list[Moves] = [{} for _ in self.margins]
        for rule, low, high in changes:
            if low == high == 0.0 or (rule.published_speed and rule.effects[0][1] in self.measured):
                continue
            for criterion, added in rule.points:
                add(points, criterion, added * low, added * high)
            for rival, criterion, amount in self._against(rule):
                add(apart[rival], criterion, amount * low, amount * high)
        return points, apart

    def _against(self, rule: CompiledRule) -> list[tuple[int, int, float]]:
        """Return what a rule does to the leader's difference from each rival, by criterion."""
        found: dict[tuple[int, int], float] = {}
        for option, criterion, likely, _ in rule.effects:
            rivals = [option]
            if option == self.leader:
                rivals, likely = [o for o in range(len(self.margins)) if o != option], -likely
            for rival in rivals:
                found[rival, criterion] = found.get((rival, criterion), 0.0) - likely
        return [(rival, criterion, amount) for (rival, criterion), amount in found.items()]

    def _change(self, number: int, rule: CompiledRule, touched: set[int]) -> Interval:
        """Return by how much a step may change the chance of a rule, whatever else is changed."""
        before = after = low = high = 1.0
        for test in rule.tests:
            if test[0] in touched:
                before *= self._settled(test)
                after *= self.chances[number][test]
            else:
                bottom, top = self.hull.get(test) or (self._settled(test),) * 2
                low, high = low * bottom, high * top
        moved = after - before
        return (moved * low, moved * high) if moved >= 0 else (moved * high, moved * low)

    def _alone(self, moved: Moved) -> list[float]:
        """Return the least that a step by itself does to the margin over each rival."""
        points, found = moved[0], []
        for rival, apart in enumerate(moved[1]):
            least = 0.0
            for criterion in points.keys() | apart.keys():
                few, many = points.get(criterion, NOTHING)
                low, high = apart.get(criterion, NOTHING)
                here, there = self.points[criterion], self.apart[rival][criterion]
                new = least_product((here + few, here + many), (there + low, there + high))
                least += new - here * there
            found.append(least)
        return found


def rank(chance: float) -> int:
    """Return how far back a chance of a veto puts an option: as `Evaluation.order` does."""
    return 2 if chance >= 1 else 1 if chance > 0.5 else 0


def _shared(steps: Sequence[Step], touched: Sequence[set[int]]) -> set[int]:
    """Return the variables that two steps of one combination may both touch."""
    owners: dict[int, set[tuple[str, str | None]]] = {}
    for step, indices in zip(steps, touched, strict=True):
        for index in indices:
            owners.setdefault(index, set()).add((step.question, step.choice))
    return {index for index, found in owners.items() if len(found) > 1}
