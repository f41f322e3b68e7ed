"""A time budget costs workloads and arms, never blocks, and never one of the two frameworks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.bench.arms import framework_of
from probes.bench.budget import fitted, read_duration
from probes.bench.estimate import estimate_seconds
from probes.bench.plan import EFFORTS, make_plan
from probes.errors import ProbeError


@given(st.sampled_from(sorted(EFFORTS)), st.floats(1, 20_000))
def test_what_is_left_fits_if_anything_can(effort: str, seconds: float) -> None:
    whole = make_plan(effort, threads=2)
    less = fitted(whole, seconds)
    assert less.blocks == whole.blocks
    assert {"pytorch", "tensorflow"} <= {framework_of(arm) for arm in less.arms}
    assert less.copy_of in less.arms
    assert less.cases and set(map(repr, less.cases)) <= set(map(repr, whole.cases))
    assert estimate_seconds(less) <= seconds or len(less.cases) == 1


def test_with_time_enough_nothing_is_left_out() -> None:
    plan = make_plan("standard")
    assert fitted(plan, 10 * estimate_seconds(plan)) == plan


def test_sizes_go_before_workloads() -> None:
    plan = make_plan("standard")
    less = fitted(plan, 0.7 * estimate_seconds(plan))
    assert {case.workload for case in less.cases} == {case.workload for case in plan.cases}
    assert less != plan


@pytest.mark.parametrize(
    ("text", "seconds"), [("5m", 300), ("90s", 90), ("1h30m", 5400), ("2 min", 120), ("0.5h", 1800)]
)
def test_durations_as_people_write_them(text: str, seconds: float) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "5", "m", "-5m", "5d", "0s", "1e9m", "5m5"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ProbeError, match="expected such as 5m"):
        read_duration(text)
