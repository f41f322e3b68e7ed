"""Whether a condition certainly holds for the answers that were given; open answers hold nothing.

The engine's three-valued tests need its tables; a list of things to do only needs certainty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW, Answer
from knowledge.model.condition import Atom, test_of

Answers = Mapping[str, Answer]


def all_hold(atoms: Sequence[Atom], answers: Answers) -> bool:
    """Say whether every condition certainly holds."""
    return all(holds(atom, answers) for atom in atoms)


def holds(atom: Atom, answers: Answers) -> bool:
    """Say whether one condition certainly holds."""
    answer = answers.get(atom.fact)
    if answer is None or answer in (DONT_KNOW, DOES_NOT_APPLY):
        return False
    name, operand = test_of(atom)
    several = answer if isinstance(answer, tuple) else (answer,)
    if name == "first":
        return several[:1] == (operand,)
    if name in ("includes", "excludes"):
        return (operand in several) == (name == "includes")
    if name == "any_of":
        return isinstance(operand, tuple) and answer in operand
    if name in ("at_least", "below"):
        if not isinstance(answer, (int, float)) or not isinstance(operand, (int, float)):
            return False
        return (answer >= operand) == (name == "at_least")
    return (answer == operand) == (name == "is")
