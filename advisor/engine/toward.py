"""What it would take for one option to come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from .attribution import Push, pushes
from .changing import open_steps, steps
from .evaluate import evaluate
from .flips import Flip, Search
from .measured import Evidence, rules_from, unique_rules
from .space import Answer
from .tables import Tables

MOST_OPEN = 2
"""Open answers that are combined: more would be a chain of suppositions."""
MOST_TERMS = 3


class Toward(msgspec.Struct, frozen=True):
    """What would put `option` first.

    `changes` are of answers that were given, `answers` of questions that are still open (two of
    them only if one is not enough). `vetoes` (rule ids) and `terms` stand in the way now.
    """

    option: int
    first: bool
    changes: tuple[Flip, ...]
    answers: tuple[Flip, ...]
    vetoes: tuple[str, ...]
    terms: tuple[Push, ...]


def flips_toward(
    tables: Tables,
    answers: Mapping[str, Answer],
    option: str,
    measurements: Sequence[Evidence] = (),
) -> Toward:
    """Return the smallest changes after which `option` comes first."""
    target = tables.options.index(option)
    state = tables.space.encode(answers)
    extra = unique_rules(rules_from(tables, state, measurements))
    evaluation = evaluate(tables, state, extra)
    if evaluation.leader == target:
        return Toward(target, True, (), (), (), ())
    offered = steps(tables, answers), open_steps(tables, answers, state)
    of_given, of_open = (Search(tables, answers, state, evaluation, extra, one) for one in offered)
    changes = of_given.cheapest(lambda leader: leader == target, target)
    opened: list[Flip] = []
    for most in range(1, MOST_OPEN + 1):
        opened = opened or of_open.cheapest(lambda leader: leader == target, target, most)
    vetoes = [
        rule.id for rule, chance in evaluation.firings if target in rule.vetoes and chance >= 1
    ]
    ahead = evaluation.order()[0]
    against = [] if ahead == target else pushes(tables, evaluation, ahead, target)
    return Toward(
        target,
        False,
        tuple(changes),
        tuple(opened),
        tuple(vetoes),
        tuple(sorted((t for t in against if t.push > 0), key=lambda t: -t.push)[:MOST_TERMS]),
    )
