"""AMD's targets: a card runs what is in the list and nothing else, unless it pretends."""

from __future__ import annotations

import pytest

from probes.frameworks.builds import published
from probes.frameworks.cards import Card
from probes.frameworks.gfx import read_target, read_targets, run_as
from probes.frameworks.hindrances import answer_for
from probes.frameworks.holding import Code, code_of, code_told, needs
from probes.frameworks.machine import Machine, read_machine
from tests.fleet.making import reading

ROCM = {one.id: one for one in published().builds if one.device == "rocm"}
LINUX = Machine(system="linux", architecture="x86_64")


def amd(target: str | None) -> Card:
    return Card(vendor="amd", name="a card", target=target)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("gfx1100", "gfx1100"),
        ("gfx90a:sramecc+:xnack-", "gfx90a"),
        ("sm_90", None),
        ("gfx", None),
        ("gfx1100\x1b[31m", None),
        (None, None),
        (7, None),
    ],
)
def test_a_target_is_read_without_its_features(text: object, target: str | None) -> None:
    assert read_target(text) == target


def test_what_a_build_says_of_itself_is_told_apart_by_vendor() -> None:
    assert code_told(["gfx90a:xnack-", "gfx90a:xnack+", "gfx1100"]).held() == "gfx90a, gfx1100"
    assert code_told(["sm_80", "compute_90"]).held() == "8.0"
    assert code_told([]) == Code()
    assert read_targets(["nonsense"]) == []


@pytest.mark.parametrize(
    ("value", "target"),
    [("11.0.0", "gfx1100"), ("9.0.10", "gfx90a"), ("", "gfx1103"), ("rm -rf", "gfx1103")],
)
def test_a_target_that_is_pretended_counts(value: str, target: str) -> None:
    assert run_as("gfx1103", {"HSA_OVERRIDE_GFX_VERSION": value}) == target
    facts = {"gpus": reading([{"vendor": "amd", "name": "x", "gfx_target": "gfx1103"}])}
    machine = read_machine(facts, {"HSA_OVERRIDE_GFX_VERSION": value})
    assert [card.target for card in machine.cards] == [target]


def test_without_a_target_nothing_is_pretended() -> None:
    assert run_as(None, {"HSA_OVERRIDE_GFX_VERSION": "11.0.0"}) is None


@pytest.mark.parametrize(
    ("target", "answer", "words"),
    [
        ("gfx942", "works", ""),
        ("gfx1031", "no", "no code for the target gfx1031"),
        ("gfx906", "no", "fails at its first kernel"),
        (None, "works", ""),
    ],
)
def test_a_plan_knows_which_cards_a_rocm_wheel_serves(
    target: str | None, answer: str, words: str
) -> None:
    told, why = answer_for(ROCM["torch-2-13-rocm"], amd(target), LINUX, "3.12")
    assert told == answer and words in why
    assert answer_for(ROCM["torch-2-7-rocm"], amd("gfx906"), LINUX, "3.12") == ("works", "")


def test_a_build_whose_targets_were_not_read_is_not_judged_by_them() -> None:
    assert not ROCM["jax-0-10-rocm"].gfx
    assert answer_for(ROCM["jax-0-10-rocm"], amd("gfx1031"), LINUX, "3.12") == ("works", "")


def test_the_target_that_failed_is_not_among_those_that_work() -> None:
    code = code_of(ROCM["torch-2-13-rocm"])
    assert "gfx906" in code.held() and "gfx906" not in code.held(amd("gfx906"))
    assert needs(amd("gfx906")) == "the target gfx906"
    assert needs(amd(None)) == ""
