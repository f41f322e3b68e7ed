"""What to ask next, and when to stop asking.

Questions that can settle a veto come first, then those with the largest expected gain per cost of
asking. A question can be idle by itself and still decide together with another one, so a small
gain is no reason to stop: completions of everything that is open are drawn instead. If staying
with the leader loses next to nothing in them, asking stops. Otherwise the question goes first
whose answer tells most about who comes first (mutual information, less what chance alone shows).
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Hashable, Sequence
from math import log
from operator import mul
from random import Random

from .drawing import Drawer, OpenQuestion, Outcome
from .evaluate import Evaluation
from .space import State
from .tables import Tables
from .what_if import INFEASIBLE_COST, Gain, settles_veto

COMPLETIONS = 200
WORTH_ASKING = 0.002
"""Expected gain of a question from which on it is asked without looking further."""
WORTH_STOPPING = 0.0005
"""Score that stopping now may lose on average: a twentieth of the smallest margin that matters."""


def worth_asking(
    tables: Tables, state: State, evaluation: Evaluation, found: Sequence[Gain], seed: int = 0
) -> list[Gain]:
    """Return those of the sorted gains that are worth a question, the next one first."""
    if not found:
        return []
    first = found[0]
    opens = tables.knowledge.questions[first.question].opens
    if opens or settles_veto(first) or first.gain >= WORTH_ASKING:
        return list(found)
    drawn = Completions(tables, state, evaluation, seed)
    if drawn.loss < WORTH_STOPPING:
        return []
    told = drawn.told()
    cost = {question.id: question.asking_cost for question in tables.knowledge.questions.values()}
    return sorted(found, key=lambda g: -told.get(g.question, 0.0) / cost[g.question])


class Completions:
    """Completions of what is open, drawn by their priors, and who would come first in each."""

    def __init__(self, tables: Tables, state: State, evaluation: Evaluation, seed: int) -> None:
        """Draw them; the same seed gives the same ones."""
        random = Random(f"completions {seed}")
        self.drawer = Drawer(tables, state, evaluation)
        variables = range(len(tables.space.variables))
        now = evaluation.leader
        self.numbers = [[random.random() for _ in variables] for _ in range(COMPLETIONS)]
        self.winners: list[int | None] = []
        lost = 0.0
        for numbers in self.numbers:
            winner, loss = _compared(self.drawer.draw(numbers), now)
            self.winners.append(winner)
            lost += loss
        self.loss = lost / COMPLETIONS

    def told(self) -> dict[str, float]:
        """Return how much the answer to each open question tells about who comes first."""
        return {
            question.question.id: max(
                information(cells, self.winners) for cells in self._cells(question)
            )
            for question in self.drawer.questions
        }

    def _cells(self, question: OpenQuestion) -> list[list[int]]:
        """Return what each completion answers; one list for each choice of several."""
        if question.question.kind == "ranking":
            members = question.indices[:-1]
            return [[min(members, key=numbers.__getitem__) for numbers in self.numbers]]
        return [
            [bisect(one.heaps, numbers[one.index]) for numbers in self.numbers]
            for one in question.open_ones
        ]


def information(cells: Sequence[Hashable], winners: Sequence[Hashable]) -> float:
    """Return the mutual information of two columns in nats, less its bias (Miller and Madow).

    Unrelated columns of n rows show (r − 1)·(c − 1)/2n on average, which is taken off.
    """
    count = len(cells)
    rows, columns = Counter(cells), Counter(winners)
    shown = sum(
        n / count * log(n * count / (rows[cell] * columns[winner]))
        for (cell, winner), n in Counter(zip(cells, winners, strict=True)).items()
    )
    return shown - (len(rows) - 1) * (len(columns) - 1) / (2 * count)


def _compared(outcome: Outcome, now: int | None) -> tuple[int | None, float]:
    """Return who comes first in a completion, and what staying with `now` would lose."""
    total = sum(outcome.points)
    scores = [sum(map(mul, outcome.points, row)) for row in outcome.values]
    feasible = [option for option in range(len(scores)) if option not in outcome.vetoed]
    winner = max(feasible, key=scores.__getitem__, default=None)
    if winner == now:
        return winner, 0.0
    if winner is None or now is None or now in outcome.vetoed:
        return winner, INFEASIBLE_COST
    return winner, (scores[winner] - scores[now]) / total
