"""When one condition can only hold where another one does."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.lint.rules import implies
from knowledge.model.condition import Atom

CASES: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({"is_": "a"}, {"is_": "a"}, True),
    ({"is_": "a"}, {"is_": "b"}, False),
    ({"is_": "a"}, {"any_of": ("a", "b")}, True),
    ({"any_of": ("a", "b")}, {"is_": "a"}, False),
    ({"any_of": ("a", "b")}, {"any_of": ("a", "b", "c")}, True),
    ({"is_": "a"}, {"is_not": "b"}, True),
    ({"is_not": "b"}, {"is_": "a"}, False),
    ({"any_of": ("a", "b")}, {"is_not": "b"}, False),
    ({"at_least": 7.0}, {"at_least": 1.0}, True),
    ({"at_least": 1.0}, {"at_least": 7.0}, False),
    ({"below": 1.0}, {"below": 7.0}, True),
    ({"below": 1.0}, {"at_least": 0.5}, False),
    ({"first": "a"}, {"includes": "a"}, True),
    ({"includes": "a"}, {"first": "a"}, False),
    ({"includes": "a"}, {"excludes": "a"}, False),
]


@pytest.mark.parametrize(("narrow", "wide", "holds"), CASES)
def test_one_condition_implies_another(
    narrow: dict[str, Any], wide: dict[str, Any], holds: bool
) -> None:
    one, other = Atom(fact="f", **narrow), Atom(fact="f", **wide)
    assert implies((one,), (other,)) is holds
    assert implies((one, Atom(fact="g", is_="x")), (other,)) is holds
    assert not implies((one,), (other, Atom(fact="g", is_="x")))
    assert not implies((Atom(fact="g", **narrow),), (other,))
