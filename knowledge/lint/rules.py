"""KB30x: rules that never or always hold, say nothing, or repeat or contradict another one."""

from __future__ import annotations

from itertools import permutations

from ..errors import FileProblem
from ..loading.tree import Located, Tree
from ..model.condition import Atom, test_of
from ..model.rule import MeasureRule, UnusableRule, ValueRule, VetoRule, WeightRule
from .bounds import Term, highest
from .report import problem


def check(tree: Tree) -> list[FileProblem]:
    """Return rules that do no honest work."""
    found: list[FileProblem] = []
    seen: dict[str, Located] = {}
    for located in tree.entries["rule"].values():
        rule = located.entry
        found += _shape(located)
        if not rule.when and not isinstance(rule, (MeasureRule, UnusableRule)):
            found.append(problem(located, "when", "KB301", "always holds; make it a base value"))
        same = f"{type(rule).__name__} {_target(rule)} {sorted(map(repr, rule.when))}"
        if same in seen:
            message = f"says the same under the same conditions as {seen[same].entry.id!r}"
            found.append(problem(located, "when", "KB303", message))
        seen[same] = located
    return found + _never(tree) + _cuts(tree) + _subsumed(tree) + _conflicting(tree)


def _never(tree: Tree) -> list[FileProblem]:
    """Return the rules and picks whose conditions no answers fulfil together."""
    questions = {name: located.entry for name, located in tree.entries["question"].items()}
    return [
        problem(located, "when", "KB302", "can never hold")
        for located in (*tree.entries["rule"].values(), *tree.entries["pick"].values())
        if not highest([Term(located.entry.when, 1.0)], questions)
    ]


def _target(rule: object) -> str:
    if isinstance(rule, ValueRule):
        return f"{rule.criterion} {sorted(rule.effects)}"
    if isinstance(rule, WeightRule):
        return str(sorted(rule.points))
    if isinstance(rule, MeasureRule):
        return f"{rule.workload} {rule.device} {rule.criterion}"
    if isinstance(rule, UnusableRule):
        return f"{rule.remedy} {rule.criterion}"
    assert isinstance(rule, VetoRule)
    return str(sorted(rule.options))


def _shape(located: Located) -> list[FileProblem]:
    rule = located.entry
    found = []
    if isinstance(rule, ValueRule):
        for option, (low, likely, high) in rule.effects.items():
            if not low <= likely <= high:
                key = f"effects.{option}"
                found.append(
                    problem(located, key, "KB304", "is out of order", "lowest, likeliest, highest")
                )
            if likely == 0:
                found.append(problem(located, f"effects.{option}", "KB305", "has no effect"))
    if len(rule.text) > 220:
        found.append(problem(located, "text", "KB306", f"has {len(rule.text)} characters", "≤ 220"))
    return found


def _cuts(tree: Tree) -> list[FileProblem]:
    """Thresholds should lie on the edges of bands, or shares have to be guessed within one."""
    found = []
    for located in (*tree.entries["rule"].values(), *tree.entries["pick"].values()):
        for index, atom in enumerate(located.entry.when):
            edge = atom.at_least if atom.at_least is not None else atom.below
            question = tree.entries["question"].get(atom.fact)
            if edge is None or question is None:
                continue
            edges = [band.below for band in question.entry.bands]
            if edge not in edges:
                words = f"{edge:g} is not the edge of a band of {atom.fact!r}"
                found.append(problem(located, f"when[{index}]", "KB307", words))
    return found


def _subsumed(tree: Tree) -> list[FileProblem]:
    """Return the vetoes that only hold where a wider one rules out the same options anyway."""
    vetoes = [one for one in tree.entries["rule"].values() if isinstance(one.entry, VetoRule)]
    found = []
    for located, wider in permutations(vetoes, 2):
        narrow, wide = located.entry, wider.entry
        if (
            wide.workaround is None
            and set(narrow.options) <= set(wide.options)
            and set(narrow.instead) <= set(wide.instead)
            and implies(narrow.when, wide.when)
            and not (implies(wide.when, narrow.when) and narrow.options == wide.options)
        ):
            words = f"changes nothing: {wide.id!r} holds whenever it does"
            found.append(problem(located, "when", "KB308", words))
    return found


def _conflicting(tree: Tree) -> list[FileProblem]:
    """Return the rules that push an option up and down for one reason, by the same conditions."""
    values = [one for one in tree.entries["rule"].values() if isinstance(one.entry, ValueRule)]
    found = []
    for place, located in enumerate(values):
        for other in values[:place]:
            one, two = located.entry, other.entry
            if one.criterion != two.criterion or set(one.when) != set(two.when):
                continue
            for option in one.effects.keys() & two.effects.keys():
                if one.effects[option][1] * two.effects[option][1] < 0:
                    words = f"contradicts {two.id!r} under the same conditions"
                    found.append(problem(located, f"effects.{option}", "KB309", words))
    return found


def implies(narrow: tuple[Atom, ...], wide: tuple[Atom, ...]) -> bool:
    """Say whether conditions can only hold where the others hold too."""
    return all(any(_implies(mine, theirs) for mine in narrow) for theirs in wide)


def _implies(narrow: Atom, wide: Atom) -> bool:
    if narrow.fact != wide.fact:
        return False
    (test, value), (wide_test, wide_value) = test_of(narrow), test_of(wide)
    if test == wide_test and test in ("at_least", "below"):
        return value >= wide_value if test == "at_least" else value <= wide_value  # type: ignore[operator]
    if test in ("is", "any_of"):
        values = value if isinstance(value, tuple) else (value,)
        if wide_test in ("is", "any_of"):
            return set(values) <= set(
                wide_value if isinstance(wide_value, tuple) else (wide_value,)
            )
        return wide_test == "is_not" and wide_value not in values
    return (test, value) == (wide_test, wide_value) or (
        (test, wide_test) == ("first", "includes") and value == wide_value
    )
