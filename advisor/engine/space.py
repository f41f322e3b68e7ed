"""The space of answers: every question cut into cells, finite and three-valued.

A question becomes one variable, or one per choice if several answers are possible. What is known
of a variable is the set of cells that are still possible, held as a bit mask. A condition is a
mask too: it holds if no possible cell lies outside, fails if none lies inside, and is *unknown*
otherwise. So a missing answer can never be read as "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from knowledge.model.condition import Atom, test_of
from knowledge.model.question import Given, Question

DONT_KNOW = "dont-know"
DOES_NOT_APPLY = "does-not-apply"
EXCLUDED = "-"
"""What a choice of a several-of question is written with if it is only said not to be so."""
Answer = bool | float | str | tuple[str, ...]


class Variable(msgspec.Struct, frozen=True):
    """One thing with finitely many values; the bit above its cells means "does not apply"."""

    name: str
    question: str
    cells: tuple[str, ...]
    prior: tuple[float, ...]

    @property
    def every(self) -> int:
        """Mask of all cells, "does not apply" left out."""
        return (1 << len(self.cells)) - 1

    @property
    def absent(self) -> int:
        """Mask of "does not apply"."""
        return 1 << len(self.cells)


Test = tuple[int, int]
"""Index of a variable, and the mask of the cells in which a condition holds."""


class State(msgspec.Struct):
    """What is possible for each variable, how likely it does not apply, and the shares of cells.

    `shares` holds only what differs from the variable's prior, because of other answers.
    """

    possible: list[int]
    absence: list[float]
    shares: dict[int, tuple[float, ...]]

    def copy(self) -> State:
        """Return a state of its own."""
        return State(self.possible[:], self.absence[:], dict(self.shares))


class Space:
    """All variables of a set of questions; translates answers and conditions."""

    def __init__(self, questions: Mapping[str, Question], atoms: Iterable[Atom]) -> None:
        """Cut numbers at the thresholds that `atoms` use."""
        self.questions = questions
        self.variables: list[Variable] = []
        self.of_question: dict[str, list[int]] = {}
        self._index: dict[str, int] = {}
        self.cuts = _cuts(atoms)
        for question in questions.values():
            self._add(question)
        self._conditional = [
            (question.id, [self.test(atom) for atom in question.applies])
            for question in questions.values()
            if question.applies
        ]
        self._given = [
            ([self.test(atom) for atom in given.when], self._shares(question, given))
            for question in questions.values()
            for given in question.given
        ]
        self._open = State([v.every for v in self.variables], [0.0] * len(self.variables), {})

    def _add(self, question: Question) -> None:
        name = question.id
        if question.kind == "one":
            made = [Variable(name, name, *_cells(question))]
        elif question.kind == "flag":
            made = [Variable(name, name, ("false", "true"), (1 - question.prior, question.prior))]
        elif question.kind == "number":
            made = [Variable(name, name, *_bands(question, self.cuts.get(name, ())))]
        else:
            made = [
                Variable(f"{name}/{c.id}", name, ("no", "yes"), _share(question, c.prior))
                for c in question.choices
            ]
        if question.kind == "ranking":
            cells, prior = _cells(question)
            made.append(Variable(name, name, (*cells, ""), (*prior, 0.0)))
        self.of_question[name] = []
        for variable in made:
            self._index[variable.name] = len(self.variables)
            self.of_question[name].append(len(self.variables))
            self.variables.append(variable)

    def test(self, atom: Atom) -> Test:
        """Return a condition as variable and mask."""
        kind = self.questions[atom.fact].kind
        name, operand = test_of(atom)
        if name in ("includes", "excludes"):
            index = self._index[f"{atom.fact}/{operand}"]
            return index, 0b10 if name == "includes" else 0b01
        index = self._index[atom.fact]
        variable = self.variables[index]
        if kind == "number":
            assert isinstance(operand, float)
            edge = self.cuts[atom.fact].index(operand) + 1
            below = (1 << edge) - 1
            return index, below if name == "below" else variable.every & ~below
        words = operand if isinstance(operand, tuple) else (operand,)
        mask = 0
        for word in words:
            mask |= 1 << variable.cells.index(_word(word))
        return index, variable.every & ~mask if name == "is_not" else mask

    def tests(self, atoms: Iterable[Atom]) -> tuple[Test, ...]:
        """Return conditions that must all hold, one per variable.

        "At least 1" and "below 10" are one condition: their chances do not multiply.
        """
        masks: dict[int, int] = {}
        for index, mask in map(self.test, atoms):
            masks[index] = masks.get(index, mask) & mask
        return tuple(masks.items())

    def encode(self, answers: Mapping[str, Answer]) -> State:
        """Return the state that answers leave; unanswered and "don't know" stay open."""
        state = self._open.copy()
        for name, answer in answers.items():
            if answer == DOES_NOT_APPLY:
                self._set_absent(state, name)
            elif answer != DONT_KNOW:
                self._set(state, name, answer)
        for name, tests in self._conditional:
            self._apply(state, name, tests)
        for tests, shares in self._given:
            if all(not state.possible[i] & ~mask for i, mask in tests):
                for index, share in shares.items():
                    state.shares.setdefault(index, share)
        return state

    def _shares(self, question: Question, given: Given) -> dict[int, tuple[float, ...]]:
        """Return the shares of cells that `given` puts in the place of the prior."""
        if question.kind == "one":
            total = sum(given.priors.values())
            shares = tuple(given.priors.get(choice.id, 0.0) / total for choice in question.choices)
            return {self._index[question.id]: shares}
        return {
            self._index[f"{question.id}/{name}"]: (1.0 - share, share)
            for name, share in given.priors.items()
        }

    def shares_of(self, state: State, index: int) -> tuple[float, ...]:
        """Return the shares of a variable's cells among users with these answers."""
        return state.shares.get(index) or self.variables[index].prior

    def _set_absent(self, state: State, name: str) -> None:
        for index in self.of_question[name]:
            state.possible[index] = self.variables[index].absent

    def _set(self, state: State, name: str, answer: Answer) -> None:
        question = self.questions[name]
        indices = self.of_question[name]
        if question.kind in ("several", "ranking"):
            assert isinstance(answer, tuple)
            partial = only_excludes(answer)
            for index, choice in zip(indices, question.choices, strict=False):
                if partial and EXCLUDED + choice.id not in answer:
                    continue
                state.possible[index] = 0b10 if choice.id in answer else 0b01
            if question.kind == "ranking":
                cells = self.variables[indices[-1]].cells
                state.possible[indices[-1]] = 1 << cells.index(answer[0] if answer else "")
        else:
            state.possible[indices[0]] = 1 << self.cell_of(name, answer)

    def cell_of(self, name: str, answer: Answer) -> int:
        """Return the index of the cell in which a single answer lies."""
        if self.questions[name].kind == "number":
            assert isinstance(answer, float)
            return sum(1 for cut in self.cuts.get(name, ()) if answer >= cut)
        return self.variables[self._index[name]].cells.index(_word(answer))

    def range_words(self, name: str, first: int, last: int) -> str:
        """Return the words for a number that lies in one of these neighbouring cells."""
        edges = (float("-inf"), *self.cuts.get(name, ()), float("inf"))
        return _range_name(edges[first], edges[last + 1], self.questions[name].unit)

    def _apply(self, state: State, name: str, tests: Sequence[Test]) -> None:
        """Switch a question off, or half off, by the conditions under which it is asked."""
        likely = 1.0
        for test in tests:
            likely *= self.likelihood(state, test)
        if likely >= 1.0:
            return
        if likely <= 0.0:
            self._set_absent(state, name)
            return
        for index in self.of_question[name]:
            # An answer that was given stands: whoever answered thinks that it applies.
            if state.possible[index] == self.variables[index].every:
                state.possible[index] |= self.variables[index].absent
                state.absence[index] = 1.0 - likely

    def likelihood(self, state: State, test: Test) -> float:
        """Return the chance that a condition holds: 1.0 and 0.0 mean that it is settled."""
        index, mask = test
        possible = state.possible[index]
        inside = possible & mask
        if not inside:
            return 0.0
        if inside == possible:
            return 1.0
        variable = self.variables[index]
        absent = state.absence[index] if possible & variable.absent else 0.0
        held = total = 0.0
        for cell, share in enumerate(self.shares_of(state, index)):
            if possible >> cell & 1:
                total += share
                if inside >> cell & 1:
                    held += share
        return (1.0 - absent) * held / total if total else 0.5

    def answered(self, state: State, name: str) -> bool:
        """Say whether nothing about a question is open."""
        return all(not m & (m - 1) for m in (state.possible[i] for i in self.of_question[name]))


def only_excludes(answer: Answer) -> bool:
    """Say whether an answer names only what is not so: everything else is open."""
    return (
        isinstance(answer, tuple)
        and bool(answer)
        and all(item.startswith(EXCLUDED) for item in answer)
    )


def is_open(answer: Answer) -> bool:
    """Say whether an answer leaves its question open: unknown, or only what is not so."""
    return answer == DONT_KNOW or only_excludes(answer)


def _word(operand: Answer) -> str:
    return str(operand).lower() if isinstance(operand, bool) else str(operand)


def _cells(question: Question) -> tuple[tuple[str, ...], tuple[float, ...]]:
    total = sum(choice.prior for choice in question.choices) or 1.0
    return (
        tuple(choice.id for choice in question.choices),
        tuple(choice.prior / total for choice in question.choices),
    )


def _share(question: Question, prior: float) -> tuple[float, float]:
    if question.kind == "ranking":
        prior = min(1.0, question.most / len(question.choices))
    return (1.0 - prior, prior)


def _cuts(atoms: Iterable[Atom]) -> dict[str, tuple[float, ...]]:
    found: dict[str, set[float]] = {}
    for atom in atoms:
        for edge in (atom.at_least, atom.below):
            if edge is not None:
                found.setdefault(atom.fact, set()).add(edge)
    return {name: tuple(sorted(edges)) for name, edges in found.items()}


def _bands(
    question: Question, cuts: tuple[float, ...]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return names and shares of the cells between the cuts; a band's share spreads evenly."""
    edges = (float("-inf"), *cuts, float("inf"))
    names, shares = [], []
    for low, high in pairwise(edges):
        names.append(_range_name(low, high, question.unit))
        share, start = 0.0, 0.0
        for band in question.bands:
            # The open end counts as twice its start: it has to have some length.
            end = band.below if band.below is not None else max(2 * start, start + 1)
            top = high if band.below is not None or high < end else end
            overlap = min(end, top) - max(start, low)
            share += band.share * max(overlap, 0.0) / (end - start)
            start = end
        shares.append(share)
    total = sum(shares) or 1.0
    return tuple(names), tuple(share / total for share in shares)


def _range_name(low: float, high: float, unit: str) -> str:
    if low == float("-inf"):
        return f"below {high:g} {unit}" if high != float("inf") else f"any number of {unit}"
    return f"{low:g} {unit} or more" if high == float("inf") else f"{low:g} to {high:g} {unit}"
