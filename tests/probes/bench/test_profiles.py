"""Matched: what makes frameworks unequal is switched off. Default: each is left as it comes."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from msgspec import structs

from probes.bench.backends import allowed_processors
from probes.bench.controller import run_plan
from probes.bench.worker_environment import worker_environment
from tests.probes.bench.plans import GEMM, tiny_plan

BOTH = find_spec("torch") is not None and find_spec("tensorflow") is not None
EQUAL = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "NPROC", "NVIDIA_TF32_OVERRIDE")


def test_by_default_nothing_is_set_that_a_newcomer_would_not_have() -> None:
    matched = worker_environment(tiny_plan(), "/tmp/run", {"OMP_NUM_THREADS": "7"})
    default = worker_environment(tiny_plan(profile="default"), "/tmp/run", {"OMP_NUM_THREADS": "7"})
    assert all(matched[name] for name in EQUAL)
    # Nor what the user has set: that would be one person's machine, unseen in the result.
    assert not set(EQUAL) & set(default)
    # What keeps runs apart from each other is no tuning.
    assert default["TORCHINDUCTOR_CACHE_DIR"] == matched["TORCHINDUCTOR_CACHE_DIR"]


@pytest.mark.skipif(not BOTH, reason="needs both frameworks")
def test_frameworks_as_they_come_use_the_threads_that_they_choose() -> None:
    plan = tiny_plan(
        profile="default", arms=["pytorch/eager", "tensorflow/eager"], cases=[GEMM], blocks=1
    )
    run = run_plan(structs.replace(plan, copy_of=None))
    cells = run.benchmarks.workloads[GEMM.id].arms
    assert {arm: cell.status for arm, cell in cells.items()} == dict.fromkeys(cells, "ok")
    assert run.environment.versions["tensorflow-threads"] == str(allowed_processors())
    assert int(run.environment.versions["pytorch-threads"]) >= 1
    assert "OMP_NUM_THREADS" not in run.environment.variables
    assert not [flag for cell in cells.values() for flag in cell.flags if "threads" in flag]
