"""The tests that the shipped claims name: every name is one, and nothing is bent."""

from __future__ import annotations

from contextlib import nullcontext
from typing import get_args
from unittest.mock import Mock

import pytest

from knowledge.base import Knowledge
from knowledge.model.claim import Claim
from knowledge.model.tested import Arm, WorkloadId
from probes.bench import building
from probes.bench.arms import ARMS
from probes.bench.workloads import WORKLOADS, load_workload

QUANTITIES = {"per-call", "first-pass", "first-call"}
FIGURES = {"next-token": "decode", "added": "memory"}
"""Figure → the workload that reports it."""


@pytest.fixture(scope="module")
def tested(knowledge: Knowledge) -> list[Claim]:
    return [claim for claim in knowledge.kind("claim").values() if claim.tested_by]


def test_every_claim_that_names_a_workload_says_what_would_bear_it_out_or_why_not(
    tested: list[Claim],
) -> None:
    assert len(tested) >= 73
    assert all(claim.test for claim in tested)
    assert all(claim.test.shows if claim.testable else claim.test.missing for claim in tested)


def test_names_of_workloads_and_arms_are_those_of_the_probes() -> None:
    assert set(get_args(WorkloadId)) == set(WORKLOADS)
    assert set(get_args(Arm)) == set(ARMS)


def test_named_cases_are_cases_of_their_workload(tested: list[Claim]) -> None:
    for claim in tested:
        for one in (*claim.test.compare, *claim.test.check):
            for name in one.workloads or (claim.tested_by,):
                assert name in get_args(WorkloadId)
                cases = load_workload(name).CASES
                for case in (one.case, getattr(one, "b_case", None)):
                    assert case is None or case in cases, (claim.id, case)


def test_named_arms_can_run_their_workload(tested: list[Claim]) -> None:
    named = [
        (claim, one, arms)
        for claim in tested
        for one, arms in (
            *((one, (one.a, one.b)) for one in claim.test.compare),
            *((one, (one.arm,)) for one in claim.test.check),
        )
    ]
    for claim, one, arms in named:
        for name in one.workloads or (claim.tested_by,):
            modes = load_workload(name).MODES
            for framework, mode in (arm.split("/") for arm in arms):
                assert mode in modes.get(framework, (mode,)), (claim.id, name)


def test_quantities_are_known(tested: list[Claim]) -> None:
    used = {one.quantity for claim in tested for one in claim.test.compare}
    assert used <= QUANTITIES | FIGURES.keys()
    for name, workload in FIGURES.items():
        assert all(
            (one.workloads or (claim.tested_by,)) == (workload,)
            for claim in tested
            for one in claim.test.compare
            if one.quantity == name
        )


def test_figures_are_called_what_the_workloads_call_them(monkeypatch: pytest.MonkeyPatch) -> None:
    reported = {"decode": figures_of_decoding(), "memory": figures_of_memory(monkeypatch)}
    for name, workload in FIGURES.items():
        assert name in reported[workload]


def figures_of_decoding() -> set[str]:
    """Decode with steps that do nothing."""

    def read(*of: object) -> tuple[int, int]:
        return 1, 1

    module = load_workload("decode")
    return set(module._figures([("prompt",)], read, read, [0, 1], int))


def figures_of_memory(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Measure memory on a device that counts upwards."""
    backend = Mock(checksum=Mock(return_value=1.0))
    backend.peak_memory_bytes.side_effect = [1, 2, 3]
    opened = nullcontext(Mock(ring=[()], backend=backend))
    monkeypatch.setattr(building, "opened", lambda *what: opened)
    return set(load_workload("memory").measure({"arm_mode": "eager"}, {})["figures"])


def test_both_frameworks_are_compared_in_like_modes(tested: list[Claim]) -> None:
    """Eager with eager and compiled with compiled, unless the claim itself names the modes."""
    compiled = {"compile", "function", "function-xla", "jit"}
    unlike = {
        claim.id
        for claim in tested
        for one in claim.test.compare
        if one.a.split("/")[0] != one.b.split("/")[0]
        and (one.a.split("/")[1] in compiled) != (one.b.split("/")[1] in compiled)
    }
    # Eager PyTorch against traced TensorFlow: about dynamic graphs, and about what is deployed.
    assert unlike == {"dynamic-graphs-suit-unequal-lengths", "tf-faster-in-production"}


def test_the_ratios_are_those_of_the_seeds_own_rounded_figures(
    tested: list[Claim], knowledge: Knowledge
) -> None:
    by_id = {claim.id: claim for claim in tested}
    figures = knowledge.kind("figure")
    for name, step in (
        ("training-takes-12-against-10-hours", 0.5),
        ("tokens-take-30-against-50-ms", 5.0),
    ):
        test = by_id[name].test
        said = {one.option: one.value for one in figures[test.figure].results}
        torch, flow = said["pytorch"], said["tensorflow"]
        for one in test.compare:
            assert one.ratio is not None
            assert one.ratio[0] == pytest.approx((torch - step) / (flow + step), rel=1e-3)
            assert one.ratio[1] == pytest.approx((torch + step) / (flow - step), rel=1e-3)


def test_every_testable_claim_of_the_two_charts_has_its_figure(tested: list[Claim]) -> None:
    from advisor.reports.charts.seeds import PANELS

    by_id = {claim.id: claim for claim in tested}
    assert all(by_id[name].test.figure for name, _ in PANELS)
