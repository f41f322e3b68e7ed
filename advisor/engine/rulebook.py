"""Which rules a state settles, and what settled rules come to: sets of rules as bits of a number.

Rule n is bit n. What a cell of an answer does to the rules, and what a set of rules adds to one
criterion, is worked out when it is first met and remembered: both hang on few facts each, so the
same few sums come back for ever new states.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import reduce
from itertools import repeat
from operator import and_, getitem, or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tables import CompiledRule

Column = tuple[float, ...]
"""Of some criteria: their points, then for every option its values times them."""

REMEMBERED = 4096
"""Sums kept per criterion; a search over millions of states must not fill the memory."""

FEW_RULES = 12
"""So many rules make as many sums at most as are remembered."""


class Rulebook:
    """The rules of a knowledge base, base values and points, as bits and remembered sums."""

    def __init__(
        self,
        rules: Sequence[CompiledRule],
        variables: int,
        base: Sequence[Sequence[float]],
        points: Sequence[float],
    ) -> None:
        """Sort rules by what they test and by what they move."""
        self.rules = rules
        self.count = len(rules)
        self.every = (1 << len(rules)) - 1
        self.options = len(base)
        tests: list[list[tuple[int, int]]] = [[] for _ in range(variables)]
        for number, rule in enumerate(rules):
            for index, mask in rule.tests:
                tests[index].append((number, mask))
        self.heard = [Heard(found, len(rules)) for found in tests]
        movers = movers_of(rules, len(points))
        self.sums = [Sums(self, group, movers, points, base) for group in grouped(movers)]
        self.masks = [sums.mask for sums in self.sums]
        self.vetoes = Vetoes(self)

    def settle(self, possible: Sequence[int]) -> tuple[int, int]:
        """Return the rules that hold, and those that may hold, for these possible cells."""
        found = reduce(and_, map(getitem, self.heard, possible))
        open_or_held = found & self.every
        holding = open_or_held & found >> self.count
        return holding, open_or_held ^ holding

    def totals(self, holding: int) -> list[float]:
        """Return the sum of points, then of points times value for every option."""
        sums = map(getitem, self.sums, map(and_, self.masks, repeat(holding)))
        return list(map(sum, zip(*sums, strict=True)))

    def named(self, numbers: int) -> Iterator[CompiledRule]:
        """Yield the rules of a set, in their order."""
        while numbers:
            lowest = numbers & -numbers
            yield self.rules[lowest.bit_length() - 1]
            numbers ^= lowest


class Heard(dict[int, int]):
    """The rules that possible cells of one variable do not rule out, and (shifted up) settle."""

    def __init__(self, tests: list[tuple[int, int]], rules: int) -> None:
        """Take the rules that listen to the variable, with the cells in which they hold."""
        self.tests = tests
        self.rules = rules

    def __missing__(self, possible: int) -> int:
        """Ask every rule that listens, and remember it."""
        found = (1 << 2 * self.rules) - 1
        for number, mask in self.tests:
            if not possible & mask:
                found ^= 1 << number
            elif possible & ~mask:
                found ^= 1 << number + self.rules
        self[possible] = found
        return found


class Sums(dict[int, Column]):
    """Points, and points times values, of some criteria together, by the set of rules that hold."""

    def __init__(
        self,
        book: Rulebook,
        criteria: Collection[int],
        movers: Sequence[int],
        points: Sequence[float],
        base: Sequence[Sequence[float]],
    ) -> None:
        """Keep what stands before any rule."""
        self.book = book
        self.criteria = criteria
        self.points = points
        self.base = base
        self.mask = reduce(or_, (movers[criterion] for criterion in criteria))

    def __missing__(self, holding: int) -> Column:
        """Add up what a set of rules comes to, and remember it."""
        if len(self) >= REMEMBERED:
            self.clear()
        points, values = list(self.points), [list(row) for row in self.base]
        for rule in self.book.named(holding):
            for option, where, likely, _ in rule.effects:
                values[option][where] += likely
            for where, added in rule.points:
                points[where] += added
        products = (sum(points[c] * row[c] for c in self.criteria) for row in values)
        self[holding] = found = (sum(points[c] for c in self.criteria), *products)
        return found


class Vetoes(dict[int, tuple[float, ...]]):
    """Whether each option is ruled out (1.0) or not (0.0), by the set of rules that hold."""

    def __init__(self, book: Rulebook) -> None:
        """Keep which rules can rule anything out."""
        self.book = book
        self.mask = bits(book.rules, lambda rule: bool(rule.vetoes))

    def __missing__(self, holding: int) -> tuple[float, ...]:
        """Ask every rule that holds, and remember it."""
        if len(self) >= REMEMBERED:
            self.clear()
        out = {option for rule in self.book.named(holding) for option in rule.vetoes}
        found = tuple(float(option in out) for option in range(self.book.options))
        self[holding] = found
        return found


def movers_of(rules: Sequence[CompiledRule], criteria: int) -> list[int]:
    """Return for each criterion the set of the rules that move its values or points."""
    movers = [0] * criteria
    for number, rule in enumerate(rules):
        for _, criterion, _, _ in rule.effects:
            movers[criterion] |= 1 << number
        for criterion, _ in rule.points:
            movers[criterion] |= 1 << number
    return movers


def grouped(movers: Sequence[int]) -> list[list[int]]:
    """Return criteria together that are moved by few rules: one sum to look up instead of two."""
    groups: list[list[int]] = []
    together = 0
    for criterion, mine in enumerate(movers):
        if groups and (together | mine).bit_count() <= FEW_RULES:
            groups[-1].append(criterion)
            together |= mine
        else:
            groups.append([criterion])
            together = mine
    return groups


def bits(rules: Sequence[CompiledRule], chosen: Callable[[CompiledRule], bool]) -> int:
    """Return the set of the rules that are chosen."""
    return sum(1 << number for number, rule in enumerate(rules) if chosen(rule))
