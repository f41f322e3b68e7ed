"""The rules in the form the engine works with: indices and masks instead of names.

Made once per start from the knowledge base. Rules keep their order and their id, so that every
number can be traced back to the entry that caused it.
"""

from __future__ import annotations

from functools import cached_property

import msgspec

from knowledge.base import Knowledge
from knowledge.model.common import Entry, Grade
from knowledge.model.rule import MeasureRule, UnusableRule, ValueRule, VetoRule, WeightRule

from .rulebook import Rulebook
from .space import Space, Test

Effect = tuple[int, int, float, float]
"""Option, criterion, likeliest value, and the standard deviation of a triangular spread."""

HALF_WIDTH = {"A": 0.05, "B": 0.10, "C": 0.15, "D": 0.25}
"""How far a base value may be off, by the grade of its evidence."""

GRADE_BELOW = {"A": "B", "B": "C", "C": "D", "D": "D"}
"""What evidence counts as once it is old."""


class CompiledRule(msgspec.Struct, frozen=True):
    """One rule. Of `effects`, `points` and `vetoes`, the kind of the rule decides what is used.

    `measured`: it was made from a measurement, which replaces what was published about speed.
    """

    id: str
    tests: tuple[Test, ...]
    effects: tuple[Effect, ...] = ()
    points: tuple[tuple[int, float], ...] = ()
    vetoes: tuple[int, ...] = ()
    published_speed: bool = False
    measured: bool = False


class Measure(msgspec.Struct, frozen=True):
    """A rule that waits for a measurement."""

    rule: MeasureRule
    tests: tuple[Test, ...]
    criterion: int


class Unusable(msgspec.Struct, frozen=True):
    """A rule that waits for a probe which finds that a framework cannot use an accelerator."""

    rule: UnusableRule
    tests: tuple[Test, ...]
    criterion: int


class Tables:
    """Options, criteria, base values and rules, ready to be evaluated."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Translate `knowledge`."""
        self.knowledge = knowledge
        rules = knowledge.rules.values()
        atoms = [atom for rule in rules for atom in rule.when]
        atoms += [atom for pick in knowledge.picks.values() for atom in pick.when]
        for question in knowledge.questions.values():
            atoms += [*question.applies, *(a for given in question.given for a in given.when)]
        self.space = Space(knowledge.questions, atoms)
        self.options = tuple(knowledge.options)
        self.criteria = tuple(knowledge.criteria)
        option_of = {name: i for i, name in enumerate(self.options)}
        self.criterion_of = {name: i for i, name in enumerate(self.criteria)}
        entries = list(knowledge.options.values())
        bases = [[option.base[name] for name in self.criteria] for option in entries]
        self.base = [[base.value for base in row] for row in bases]
        self.base_spread = [
            [HALF_WIDTH[self._grade(option, base.grade)] / 6**0.5 for base in row]
            for option, row in zip(entries, bases, strict=True)
        ]
        self.points = [criterion.points for criterion in knowledge.criteria.values()]
        self.rules: list[CompiledRule] = []
        self.measures: list[Measure] = []
        self.unusable: list[Unusable] = []
        for rule in rules:
            tests = self.space.tests(rule.when)
            if isinstance(rule, MeasureRule):
                self.measures.append(Measure(rule, tests, self.criterion_of[rule.criterion]))
            elif isinstance(rule, UnusableRule):
                self.unusable.append(Unusable(rule, tests, self.criterion_of[rule.criterion]))
            else:
                self.rules.append(self._compile(rule, tests, option_of))

        self.listening: list[list[CompiledRule]] = [[] for _ in self.space.variables]
        for compiled in self.rules:
            for index in {index for index, _ in compiled.tests}:
                self.listening[index].append(compiled)

    @cached_property
    def book(self) -> Rulebook:
        """The rules as sets."""
        return Rulebook(self.rules, len(self.space.variables), self.base, self.points)

    def _grade(self, entry: Entry, grade: Grade) -> str:
        """Return what a grade is worth: one less if the knowledge base is a year further on."""
        return GRADE_BELOW[grade] if old(entry.as_of, self.knowledge.as_of) else grade

    def _widening(self, rule: ValueRule | VetoRule) -> float:
        """Return how much wider the effects of an old rule spread."""
        return HALF_WIDTH[self._grade(rule, rule.grade)] / HALF_WIDTH[rule.grade]

    def _compile(
        self,
        rule: ValueRule | WeightRule | VetoRule,
        tests: tuple[Test, ...],
        option_of: dict[str, int],
    ) -> CompiledRule:
        if isinstance(rule, ValueRule):
            criterion = self.criterion_of[rule.criterion]
            widening = self._widening(rule)
            effects = tuple(
                (option_of[name], criterion, likely, widening * spread(low, likely, high))
                for name, (low, likely, high) in rule.effects.items()
            )
            return CompiledRule(
                rule.id, tests, effects=effects, published_speed=rule.published_speed
            )
        if isinstance(rule, WeightRule):
            points = tuple((self.criterion_of[n], p) for n, p in rule.points.items())
            return CompiledRule(rule.id, tests, points=points)
        chosen = tuple(option_of[name] for name in rule.options)
        if rule.workaround is None:
            return CompiledRule(rule.id, tests, vetoes=chosen)
        widening = self._widening(rule)
        effects = tuple(
            (option, self.criterion_of[name], likely, widening * spread(low, likely, high))
            for option in chosen
            for name, (low, likely, high) in rule.workaround.penalties.items()
        )
        return CompiledRule(rule.id, tests, effects=effects)


def old(as_of: str, today: str) -> bool:
    """Say whether a statement is more than a year older than the knowledge base it stands in.

    The date of the base counts and not the clock, so that a replay gives the same numbers.
    """
    return bool(as_of and today) and as_of < f"{int(today[:4]) - 1:04d}{today[4:]}"


def spread(low: float, likely: float, high: float) -> float:
    """Return the standard deviation of the triangular distribution with these corners."""
    square = low * low + likely * likely + high * high
    variance = (square - low * likely - low * high - likely * high) / 18
    return float(max(variance, 0.0) ** 0.5)
