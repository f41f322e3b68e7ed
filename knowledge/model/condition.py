"""Conditions on answers: the atoms that rules, stack picks and questions are made of."""

from __future__ import annotations

import msgspec

from .common import Id

Scalar = bool | float | str


class Atom(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"is_": "is"},
):
    """One test of one fact; exactly one of the tests is given.

    `is`, `is_not`, `any_of` test a single answer; `includes`, `excludes` one choice of a
    several-of answer; `first` the top of a ranking; `at_least`, `below` a number.
    """

    fact: Id
    is_: Scalar | None = None
    is_not: Scalar | None = None
    any_of: tuple[str, ...] | None = None
    includes: str | None = None
    excludes: str | None = None
    first: str | None = None
    at_least: float | None = None
    below: float | None = None


TESTS = ("is", "is_not", "any_of", "includes", "excludes", "first", "at_least", "below")


def test_of(atom: Atom) -> tuple[str, Scalar | tuple[str, ...]]:
    """Return the name and the operand of the one test an atom makes."""
    for name in TESTS:
        operand = getattr(atom, "is_" if name == "is" else name)
        if operand is not None:
            return name, operand
    raise ValueError(f"a condition on {atom.fact!r} makes no test")
