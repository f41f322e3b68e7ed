"""`--fail-if`: a closed little language, so that nothing is ever evaluated."""

from __future__ import annotations

import re
from typing import get_args

import msgspec

from advisor.documents.advice import Advice
from advisor.engine.verdict import Strength
from advisor.errors import InputError
from knowledge.errors import nearest, shortened

STRENGTHS = ("none", "depends", "toss-up", "leaning", "clear", "certain")
CHOICES = ("pytorch", "tensorflow", "keras", "jax", "either", "none")
FIELDS = ("choice", "between", "strength", "support")
SHAPE = re.compile(r"\s*([a-z-]+)\s*(!=|>=|<=|=|<|>)\s*([a-z0-9.-]+)\s*")

assert set(STRENGTHS) == set(get_args(Strength))


class Condition(msgspec.Struct, frozen=True):
    """FIELD OPERATOR VALUE, checked when it was made."""

    text: str
    field: str
    operator: str
    value: str

    def holds(self, advice: Advice) -> bool:
        """Say whether the advice meets the condition."""
        verdict = advice.verdict
        if self.field in ("choice", "between"):
            found = verdict.choice
            if self.field == "between":
                found = advice.between_pytorch_and_tensorflow.choice
            return (found == self.value) == (self.operator == "=")
        if self.field == "strength":
            return _compare(
                STRENGTHS.index(verdict.strength), self.operator, STRENGTHS.index(self.value)
            )
        return _compare(advice.ranking[0].support, self.operator, float(self.value))


def condition(text: str) -> Condition:
    """Return the condition a person typed; InputError says what would be valid."""
    match = SHAPE.fullmatch(text.lower())
    if not match:
        raise InputError(
            f"--fail-if {text[:80]!r}: expected FIELD=VALUE, such as choice=tensorflow"
        )
    field, operator, value = match.groups()
    if field not in FIELDS:
        raise InputError(_unknown("field", field, FIELDS))
    if field in ("choice", "between"):
        if operator not in ("=", "!="):
            raise InputError(f"--fail-if: {field} is compared with = or !=")
        if value not in CHOICES:
            raise InputError(_unknown("choice", value, CHOICES))
    elif field == "strength" and value not in STRENGTHS:
        raise InputError(_unknown("strength", value, STRENGTHS))
    elif field == "support" and not re.fullmatch(r"0?\.\d{1,9}|0|1(\.0{0,9})?", value):
        raise InputError(f"--fail-if: support {shortened(value)!r} is not a number from 0 to 1")
    return Condition(text, field, operator, value)


def _unknown(what: str, word: str, valid: tuple[str, ...]) -> str:
    near = nearest(word, valid)
    hint = f"; did you mean {near!r}?" if near else ""
    return f"--fail-if: unknown {what} {shortened(word)!r} (one of {', '.join(valid)}){hint}"


def _compare(found: float, operator: str, wanted: float) -> bool:
    return {
        "=": found == wanted,
        "!=": found != wanted,
        "<": found < wanted,
        ">": found > wanted,
        "<=": found <= wanted,
        ">=": found >= wanted,
    }[operator]
