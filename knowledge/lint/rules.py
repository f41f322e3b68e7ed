"""KB30x: rules that can never hold, always hold, say nothing, or say the same twice."""

from __future__ import annotations

from ..errors import FileProblem
from ..loading.tree import Located, Tree
from ..model.rule import MeasureRule, ValueRule, VetoRule, WeightRule
from .bounds import Term, highest
from .report import problem


def check(tree: Tree) -> list[FileProblem]:
    """Return rules that do no honest work."""
    found: list[FileProblem] = []
    seen: dict[str, Located] = {}
    for located in tree.entries["rule"].values():
        rule = located.entry
        found += _shape(located)
        if not rule.when and not isinstance(rule, MeasureRule):
            found.append(problem(located, "when", "KB301", "always holds; make it a base value"))
        same = f"{type(rule).__name__} {_target(rule)} {sorted(map(repr, rule.when))}"
        if same in seen:
            message = f"says the same under the same conditions as {seen[same].entry.id!r}"
            found.append(problem(located, "when", "KB303", message))
        seen[same] = located
    return found + _never(tree) + _cuts(tree)


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
