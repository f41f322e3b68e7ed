"""A time budget costs workloads and arms, never blocks, and never one of the two frameworks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from probes.bench.arms import USUAL_ARMS, framework_of
from probes.bench.budget import fitted, read_duration
from probes.bench.document import Case, Plan
from probes.bench.estimate import estimate_seconds
from probes.bench.plan import EFFORTS, make_plan, runs_case
from probes.errors import ProbeError


@given(st.sampled_from(sorted(EFFORTS)), st.floats(1, 20_000))
def test_what_is_left_fits_if_anything_can(effort: str, seconds: float) -> None:
    whole = make_plan(effort, threads=2)
    less = fitted(whole, seconds)
    assert less.blocks == whole.blocks
    assert {"pytorch", "tensorflow"} <= {framework_of(arm) for arm in less.arms}
    assert less.copy_of in less.arms
    assert less.cases and {case.id for case in less.cases} <= {case.id for case in whole.cases}
    assert estimate_seconds(less) <= seconds or len(less.cases) == 1
    for case in less.cases:
        assert {"pytorch", "tensorflow"} <= frameworks_of(less, case)


def frameworks_of(plan: Plan, case: Case) -> set[str]:
    return {framework_of(arm) for arm in plan.arms if runs_case(arm, case, plan.device)}


@pytest.mark.parametrize("workload", ["data-pipeline", "cold-start", "export-serve"])
def test_a_quick_run_compares_what_only_some_arms_can_run(workload: str) -> None:
    plan = make_plan("quick", workloads=[workload, "matmul"], threads=2)
    ran = {case.workload: case for case in plan.cases}
    assert frameworks_of(plan, ran[workload]) == {"pytorch", "tensorflow"}
    usual = [arm for arm in plan.arms if runs_case(arm, ran["matmul"], plan.device)]
    assert usual == list(USUAL_ARMS["quick"])


def test_tensorflow_eager_goes_first_from_what_counts_least() -> None:
    whole = make_plan("thorough", workloads=["transformer-block", "matmul"], threads=2)
    arms = [*USUAL_ARMS["standard"]]
    whole = structs.replace(whole, arms=arms, cases=[whole.cases[0], whole.cases[-1]])
    less = fitted(whole, estimate_seconds(whole) - 1.0)
    first, last = less.cases
    assert first.arms is None
    assert last.arms == [arm for arm in arms if arm != "tensorflow/eager"]
    assert less.arms == arms


def test_arms_that_were_asked_for_are_all_that_is_measured() -> None:
    plan = make_plan("quick", workloads=["data-pipeline"], arms=["pytorch/eager"])
    assert plan.arms == ["pytorch/eager"]


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
