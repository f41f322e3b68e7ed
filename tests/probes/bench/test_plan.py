"""Plans, estimates, and what the workers are given."""

from __future__ import annotations

import pytest

from probes.bench.arms import USUAL_ARMS
from probes.bench.budget import fitted
from probes.bench.conditions import Snapshot, conditions_between, noise_causes
from probes.bench.estimate import estimate_seconds
from probes.bench.plan import EFFORTS, arm_runs, make_plan
from probes.bench.worker_environment import removed_variables, worker_environment
from probes.bench.workloads import WORKLOADS, load_workload
from probes.errors import ProbeError


@pytest.mark.parametrize("effort", EFFORTS)
def test_every_effort_has_at_least_six_blocks_and_an_arm_twice(effort: str) -> None:
    plan = make_plan(effort, threads=4)
    assert plan.blocks >= 6
    assert plan.arms == list(USUAL_ARMS[effort])
    assert plan.copy_of in plan.arms


def test_more_than_quick_measures_every_workload_that_means_something_here() -> None:
    here = {name for name in WORKLOADS if not load_workload(name).DEVICE_ONLY}
    assert {case.workload for case in make_plan("standard").cases} == here
    assert {case.workload for case in make_plan("quick").cases} < here


def test_more_effort_takes_longer_and_quick_takes_minutes() -> None:
    plans = {effort: fitted(make_plan(effort), one.seconds) for effort, one in EFFORTS.items()}
    quick, standard, thorough = (estimate_seconds(plan) for plan in plans.values())
    assert 60 < quick <= 240 < standard <= 1500 < thorough <= 7200
    assert len(plans["quick"].cases) > 1


def test_dropping_arms_and_workloads_shortens_the_run_and_keeps_the_blocks() -> None:
    whole = make_plan("quick")
    less = make_plan("quick", workloads=["matmul"], arms=["pytorch/eager", "tensorflow/function"])
    assert less.blocks == whole.blocks
    assert estimate_seconds(less) < estimate_seconds(whole)


def test_only_installed_frameworks_are_planned() -> None:
    plan = make_plan("quick", frameworks=["tensorflow"])
    assert all(arm.startswith("tensorflow/") for arm in plan.arms)
    assert plan.copy_of == plan.arms[0]
    assert make_plan("quick", frameworks=[]).copy_of is None
    assert estimate_seconds(make_plan("quick", frameworks=[])) == 0.0


@pytest.mark.parametrize(
    ("options", "nearest"),
    [
        ({"effort": "quik"}, "quick"),
        ({"workloads": ["matmull"]}, "matmul"),
        ({"arms": ["torch/eager"]}, "pytorch/eager"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(options: dict[str, str], nearest: str) -> None:
    with pytest.raises(ProbeError, match=f"nearest is '{nearest}'"):
        make_plan(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", WORKLOADS)
def test_every_case_of_every_effort_exists_and_has_work(name: str) -> None:
    workload = load_workload(name)
    for effort in workload.EFFORTS:
        assert effort in EFFORTS
        for case in workload.EFFORTS[effort]:
            sizes = workload.CASES[case]
            assert workload.work(sizes) > 0
            assert str(next(iter(sizes.values()))) in workload.describe(sizes)


def test_the_arithmetic_of_a_block_is_that_of_its_products() -> None:
    # One token, one head, width w: 12 w² multiply-adds, and two products of length 1 with w.
    workload = load_workload("transformer-block")
    sizes = {"batch": 1, "length": 1, "width": 8, "heads": 1}
    assert workload.work(sizes) * 1e9 == 2 * (12 * 64 + 2 * 8)


def test_workers_get_equal_threads_and_none_of_the_users_tuning() -> None:
    user = {
        "PATH": "/bin",
        "OMP_NUM_THREADS": "1",
        "TORCH_COMPILE_DISABLE": "1",
        "TORCHDYNAMO_SUPPRESS_ERRORS": "1",
        "TF_XLA_FLAGS": "--tf_xla_auto_jit=2",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "0",
    }
    plan = make_plan("quick", threads=3)
    given = worker_environment(plan, "/tmp/run", user)
    assert given["PATH"] == "/bin"
    assert {given[n] for n in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")} == {
        "3"
    }
    assert not {"TORCH_COMPILE_DISABLE", "TORCHDYNAMO_SUPPRESS_ERRORS", "TF_XLA_FLAGS"} & set(given)
    # Otherwise TensorFlow would run its eager operations on the card, and PyTorch would not.
    assert given["CUDA_VISIBLE_DEVICES"] == "-1"
    assert given["TORCHINDUCTOR_CACHE_DIR"].startswith("/tmp/run/")
    assert removed_variables(user) == [
        "OMP_NUM_THREADS",
        "TF_ENABLE_ONEDNN_OPTS",
        "TF_XLA_FLAGS",
        "TORCHDYNAMO_SUPPRESS_ERRORS",
        "TORCH_COMPILE_DISABLE",
    ]


def snapshot(**changes: float | None) -> Snapshot:
    values: dict[str, float | None] = {
        "time": 0.0,
        "busy": 100.0,
        "steal": 0.0,
        "total": 1000.0,
        "own": 10.0,
        "throttled": 0.0,
    }
    return Snapshot(**(values | changes))  # type: ignore[arg-type]


def test_the_noise_of_a_block_is_what_others_did() -> None:
    after = snapshot(time=10.0, busy=115.0, steal=1.0, total=1020.0, own=20.0, throttled=0.5)
    noise = conditions_between(3, snapshot(), after)
    assert noise.seconds == 10.0
    assert noise.foreign_share == 0.25  # 15 s busy, 10 of them ours, of 20
    assert noise.steal_share == 0.05
    assert noise.throttled_seconds == 0.5
    words = " ".join(noise_causes([noise]))
    assert "25%" in words and "hypervisor" in words and "quota" in words


def test_where_the_system_does_not_tell_the_noise_is_not_zero() -> None:
    empty = snapshot(busy=None, steal=None, total=None, throttled=None)
    noise = conditions_between(1, empty, empty)
    assert (noise.foreign_share, noise.steal_share, noise.throttled_seconds) == (None, None, None)
    assert noise_causes([noise]) == []


def test_copies_to_a_device_are_planned_only_where_there_is_one() -> None:
    assert make_plan("thorough", workloads=["transfer"]).cases == []
    assert "transfer" not in {case.workload for case in make_plan("thorough").cases}
    plan = make_plan("quick", workloads=["transfer"], device="cuda")
    assert {case.sizes["from_host"] for case in plan.cases} == {0, 1}
    # A copy is no computation: there is nothing to compile.
    assert arm_runs("pytorch/eager", "transfer", "cuda")
    assert not arm_runs("pytorch/compile", "transfer", "cuda")
    assert not arm_runs("pytorch/eager", "transfer", "cpu")


def test_the_roof_of_attention_is_the_same_however_it_is_computed() -> None:
    # Two positions, one head of depth d: three of four pairs count, each for two products.
    workload = load_workload("attention")
    sizes = {"length": 2, "batch": 1, "heads": 1, "depth": 8}
    for fused in (0, 1):
        assert workload.arithmetic(sizes | {"fused": fused}) * 1e9 == 2 * 2 * 3 * 8
        assert workload.traffic(sizes | {"fused": fused}) * 1e9 == 4 * 4 * 2 * 8


def test_the_arithmetic_of_residual_blocks_is_that_of_their_convolutions() -> None:
    # Two by two pixels, then one; one channel, then two.
    workload = load_workload("cnn")
    sizes = {"image": 2, "batch": 1, "width": 1, "channels_last": 1, "training": 0}
    forward = 4 * (9 + 9) + (18 + 36 + 2) + (36 + 36)
    assert workload.arithmetic(sizes) * 1e9 == pytest.approx(2 * forward)
    # Back there are two of each, but nothing asks for the gradient of the images.
    training = 2 * (3 * forward - 4 * 9)
    assert workload.arithmetic(sizes | {"training": 1}) * 1e9 == pytest.approx(training)


def test_a_dense_gradient_moves_the_table_and_a_sparse_one_only_rows() -> None:
    workload = load_workload("embedding")
    sizes = {"tokens": 3, "vocabulary": 1000, "width": 1, "learns": 1, "sparse": 1}
    assert workload.traffic(sizes) * 1e9 == pytest.approx(4 * (3 + 3))
    dense = workload.traffic(sizes | {"sparse": 0}) * 1e9
    assert dense == pytest.approx(4 * (3 + 3 + 4 * 1000))
