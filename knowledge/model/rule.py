"""What follows from answers: vetoes, values, weights and measurements."""

from __future__ import annotations

from typing import Literal

from .common import Basis, Entry, Grade, Id, OptionId, Part, Triple
from .condition import Atom


class Workaround(Part, frozen=True):
    """A way round a veto: the option stays possible and pays these penalties instead."""

    text: str
    penalties: dict[Id, Triple]


class RuleBase(Entry, frozen=True):
    """What all rules have: at most three conditions (all must hold), a reason and its evidence."""

    when: tuple[Atom, ...]
    text: str
    basis: Basis
    grade: Grade
    because: tuple[Id, ...]


class VetoRule(RuleBase, frozen=True, tag_field="kind", tag="veto"):
    """These options are not feasible; `instead` names systems that serve better."""

    options: tuple[OptionId, ...]
    workaround: Workaround | None = None
    instead: tuple[Id, ...] = ()


class ValueRule(RuleBase, frozen=True, tag_field="kind", tag="value"):
    """Adds to one criterion of one or more options.

    `published_speed` marks values read from published figures: a local measurement replaces them.
    """

    criterion: Id
    effects: dict[OptionId, Triple]
    published_speed: bool = False


class WeightRule(RuleBase, frozen=True, tag_field="kind", tag="weight"):
    """Adds weight points to criteria: what matters more to such a user."""

    points: dict[Id, float]


class MeasureRule(RuleBase, frozen=True, tag_field="kind", tag="measure"):
    """Turns a local benchmark ratio r into an effect of log2(r)/4, flat beyond one half.

    r is the other framework's time divided by this one's, best arm against best arm.
    """

    workload: str
    device: Literal["cpu", "gpu", "any"]
    criterion: Id
    share: float = 1.0


class UnusableRule(RuleBase, frozen=True, tag_field="kind", tag="unusable"):
    """Counts for every framework that a probe found unable to use the accelerator that is there.

    `remedy` says for which of them: those for which something can be done, or those without hope.
    """

    remedy: Literal["known", "none"]
    criterion: Id
    effect: Triple


Rule = VetoRule | ValueRule | WeightRule | MeasureRule | UnusableRule

RULE_TYPES: dict[str, type] = {
    "veto": VetoRule,
    "value": ValueRule,
    "weight": WeightRule,
    "measure": MeasureRule,
    "unusable": UnusableRule,
}
"""The variants, by the value of their `kind` key."""
