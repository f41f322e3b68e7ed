"""The smallest changes of answers that change the choice: exact, by increasing cost.

Up to three steps are combined. What cannot change the choice by a proven bound is passed over;
everything else is evaluated. A change of which a part would do is never named, and of several
changes of the same questions only the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, combinations_with_replacement, pairwise, product

import msgspec

from .changing import Step, changed, steps
from .evaluate import Evaluation
from .reach import Reach
from .shift import Shifter
from .space import Answer, State
from .tables import CompiledRule, Tables

MOST_STEPS = 3
MOST_FLIPS = 3

Wanted = Callable[[int | None], bool]
"""Says of a leader whether it is what a search looks for."""


class Flip(msgspec.Struct, frozen=True):
    """Changes of answers that change the choice; `to` None means: no framework.

    `cells`: for a number, the first and the last of the neighbouring cells that all do it.
    """

    change: dict[str, Answer]
    to: int | None
    cost: float
    steps: tuple[Step, ...]
    cells: dict[str, tuple[int, int]]


def flips(
    tables: Tables,
    answers: Mapping[str, Answer],
    state: State,
    evaluation: Evaluation,
    extra: Sequence[CompiledRule],
) -> list[Flip]:
    """Return the cheapest changes of given answers that change the choice, of different kinds."""
    now = evaluation.leader
    search = Search(tables, answers, state, evaluation, extra, steps(tables, answers))
    return search.cheapest(lambda leader: leader != now)


class Search:
    """Combines the steps of some questions, the cheapest combinations first."""

    def __init__(
        self,
        tables: Tables,
        answers: Mapping[str, Answer],
        state: State,
        evaluation: Evaluation,
        extra: Sequence[CompiledRule],
        offered: Mapping[str, Sequence[Step]],
    ) -> None:
        """Start from evaluated answers; `offered` are the steps by question."""
        self.tables, self.answers = tables, answers
        self.offered = {name: found for name, found in offered.items() if found}
        self.steps = [step for found in self.offered.values() for step in found]
        self.shifter = Shifter(tables, state, evaluation, extra)
        self.start = state, evaluation, extra
        self._reach: Reach | None = None

    @property
    def reach(self) -> Reach:
        """The bounds, made when the first pair is looked at: single steps need none."""
        if self._reach is None:
            self._reach = Reach(self.tables, self.answers, *self.start, self.steps)
        return self._reach

    def cheapest(
        self,
        wanted: Wanted,
        option: int | None = None,
        most_steps: int = MOST_STEPS,
        most_flips: int = MOST_FLIPS,
    ) -> list[Flip]:
        """Return the cheapest changes to a `wanted` leader; `option`: the only one wanted."""
        found: list[tuple[set[str], Flip]] = []
        for cost, questions in self._blocks(most_steps):
            if any(known <= set(questions) for known, _ in found):
                continue
            flip = self._first(cost, questions, wanted, option)
            if flip is not None:
                found.append((set(questions), flip))
                if len(found) == most_flips:
                    break
        return [flip for _, flip in found]

    def _blocks(self, most: int) -> list[tuple[float, tuple[str, ...]]]:
        """Return what questions to change together; one with several answers may come twice."""
        cost = {name: found[0].cost for name, found in self.offered.items()}
        several = {name for name, found in self.offered.items() if found[0].choice is not None}
        blocks = [
            (sum(cost[name] for name in names), names)
            for size in range(1, most + 1)
            for names in combinations_with_replacement(self.offered, size)
            if all(a != b or a in several for a, b in pairwise(names))
        ]
        return sorted(blocks, key=lambda block: (block[0], len(block[1])))

    def _first(
        self, cost: float, questions: tuple[str, ...], wanted: Wanted, option: int | None
    ) -> Flip | None:
        """Return the first combination of steps in these questions that does it."""
        alone = len(questions) == 1
        if not alone and not self.reach.may_flip(questions, option):
            return None
        for taken in self._combinations(questions):
            if not alone and not self.reach.may_flip(taken, option):
                continue
            chosen = tuple(self.steps[number] for number in taken)
            leader = self._leader(chosen)
            if wanted(leader):
                after = changed(self.answers, chosen)
                change = {name: after[name] for name in dict.fromkeys(questions)}
                cells = dict(self._cells(chosen, leader))
                return Flip(change, leader, cost, chosen, cells)
        return None

    def _leader(self, chosen: Sequence[Step]) -> int | None:
        state = self.tables.space.encode(changed(self.answers, chosen))
        return self.shifter.evaluate(state).leader

    def _cells(
        self, chosen: Sequence[Step], leader: int | None
    ) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield how far a changed number may go on in the same direction."""
        space = self.tables.space
        for place, step in enumerate(chosen):
            if space.questions[step.question].kind != "number":
                continue
            found = space.cell_of(step.question, step.answer)
            before = self.answers.get(step.question)
            up = not isinstance(before, float) or found > space.cell_of(step.question, before)
            cells = {space.cell_of(s.question, s.answer): s for s in self.offered[step.question]}
            end = found
            while (further := cells.get(end + 1 if up else end - 1)) is not None:
                if self._leader((*chosen[:place], further, *chosen[place + 1 :])) != leader:
                    break
                end += 1 if up else -1
            yield step.question, (min(found, end), max(found, end))

    def _combinations(self, questions: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
        """Yield the numbers of the steps to take together."""
        numbers, start = {}, 0
        for name, found in self.offered.items():
            numbers[name] = range(start, start + len(found))
            start += len(found)
        times = [(name, questions.count(name)) for name in dict.fromkeys(questions)]
        choices = [combinations(numbers[name], count) for name, count in times]
        for parts in product(*choices):
            yield tuple(number for part in parts for number in part)
