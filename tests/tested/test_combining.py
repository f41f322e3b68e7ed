"""How the parts of a test become one verdict: what is open never counts as yes or no."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from advisor.tested.combining import DECIDED, blocks_needed, combine
from knowledge.model.tested import Needs
from probes.claims import ClaimPart, ClaimVerdict

SHORT = {"+": "borne-out", "-": "contradicted", "=": "no-difference", "?": "undecided"}
SHORT |= {"0": "not-measured", "x": "not-comparable"}


def parts(outcomes: str) -> list[ClaimPart]:
    return [
        ClaimPart(
            workload="w",
            case="c",
            a="a",
            quantity="per-call",
            says="a-less",
            verdict=SHORT[sign],  # type: ignore[arg-type]
        )
        for sign in outcomes
    ]


@pytest.mark.parametrize(
    ("needs", "outcomes", "verdict"),
    [
        ("every", "++", "borne-out"),
        ("every", "+-", "mixed"),
        ("every", "+=", "mixed"),
        ("every", "+-?", "mixed"),
        ("every", "+?", "undecided"),
        ("every", "+0", "undecided"),
        ("every", "+x", "undecided"),
        ("every", "-?", "undecided"),
        ("every", "-=", "contradicted"),
        ("every", "==", "no-difference"),
        ("one", "-+", "borne-out"),
        ("one", "+0", "borne-out"),
        ("one", "-0", "undecided"),
        ("one", "-=", "contradicted"),
        ("one", "==", "no-difference"),
        ("most", "++-", "borne-out"),
        ("most", "--+", "contradicted"),
        ("most", "+-", "mixed"),
        ("most", "+00", "undecided"),
        ("most", "++0", "borne-out"),
        ("differ", "+-", "borne-out"),
        ("differ", "+-0", "borne-out"),
        ("differ", "++", "contradicted"),
        ("differ", "++0", "undecided"),
        ("differ", "+", "undecided"),
        ("every", "0x", "not-comparable"),
        ("every", "0?", "undecided"),
        ("one", "00", "not-measured"),
        ("every", "", "not-testable"),
    ],
)
def test_parts_make_a_verdict(needs: Needs, outcomes: str, verdict: str) -> None:
    assert combine(parts(outcomes), needs) == verdict


@pytest.mark.parametrize("needs", get_args(Needs))
def test_no_verdict_rests_on_open_parts_alone(needs: Needs) -> None:
    for length in (1, 2, 3):
        for outcomes in itertools.product("?0x", repeat=length):
            assert combine(parts("".join(outcomes)), needs) not in (*DECIDED, "mixed")


@pytest.mark.parametrize("needs", get_args(Needs))
def test_what_was_said_of_decided_parts_stands_when_the_open_ones_are_decided(
    needs: Needs,
) -> None:
    """A verdict is only given when no outcome of the open parts could turn it round."""
    opposite: dict[ClaimVerdict, ClaimVerdict] = {
        "borne-out": "contradicted",
        "contradicted": "borne-out",
    }
    for outcomes in itertools.product("+-=?", repeat=3):
        now = combine(parts("".join(outcomes)), needs)
        if now not in opposite:
            continue
        for filled in itertools.product("+-=", repeat=outcomes.count("?")):
            left = iter(filled)
            later = "".join(next(left) if sign == "?" else sign for sign in outcomes)
            assert combine(parts(later), needs) != opposite[now], (outcomes, later)


def test_the_blocks_are_those_of_the_part_that_needs_most() -> None:
    from msgspec import structs

    one, other = parts("??")
    both = [structs.replace(one, blocks_needed=9), structs.replace(other, blocks_needed=20)]
    assert blocks_needed(both) == 20
    assert blocks_needed([both[0], other]) is None
    assert blocks_needed(parts("++")) is None
