"""Every arm passes the gate on every workload that it has a way to run; what it refuses is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from probes.bench.arms import COMPILED_ARMS, USUAL_ARMS, framework_of
from probes.bench.case_files import parts
from probes.bench.document import Case
from probes.bench.peak_memory import reset_peak
from probes.bench.plan import arm_runs
from probes.bench.workloads import WORKLOADS, tolerance_of
from probes.interpreters import MODULES
from tests.probes.bench.child_jobs import WORKER, ask, case_jobs, needs, results
from tests.probes.bench.plans import (
    BUCKETED,
    FRESH,
    LSTM,
    MEMORY,
    PADDED,
    SABOTAGED,
    SERVE,
    SPARSE,
)

ARMS = USUAL_ARMS["standard"]
CASES = (*SABOTAGED, *FRESH)

# What torch.compile does not take (2.13), and the word by which its refusal is known.
REFUSED = {
    ("pytorch/compile", SPARSE.id): "sparse",
    ("pytorch/compile", LSTM.id): "pack_padded_sequence",
}

# The same program as for sentences in buckets, and it takes seconds to compile.
REPEATED = {("pytorch/compile", PADDED.id)}

Lines = dict[str, dict[str, Any]]
Gates = dict[str, Future[Lines]]


def runs(arm: str, case: Case) -> bool:
    # Copies between host and device are gated too: without a device they stay where they are.
    return arm_runs(arm, case.workload, "cuda") and (arm, case.id) not in REPEATED


def pairs(refused: bool) -> list[Any]:
    """Every arm with every case that it has a way to run."""
    unseen = pytest.mark.skipif(not reset_peak(), reason="a peak of memory cannot be reset here")
    return [
        pytest.param(arm, case, marks=[unseen] if case is MEMORY else [], id=f"{arm}-{case.id}")
        for arm in ARMS
        for case in CASES
        if runs(arm, case) and refused == ((arm, case.id) in REFUSED)
    ]


def pass_gate(arm: str, folder: Path) -> Lines:
    """Send an arm through the gate: one process, and one for what measures itself."""
    together = [case for case in SABOTAGED if runs(arm, case)]
    alone = [case for case in FRESH if runs(arm, case)]
    lines = ask(WORKER, arm, together, folder)
    lines += ask("sabotage_fresh", arm, alone, folder, only=["none"])
    return {line["case"]: line for line in results(lines)}


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gates]:
    """What the gate says of every arm, by case; two arms at a time, no clock is looked at."""
    folder = tmp_path_factory.mktemp("gates")
    case_jobs(CASES, folder)
    # The one that compiles for longest begins; all others are done meanwhile.
    arms = sorted(ARMS, key=lambda arm: arm != "pytorch/compile")
    with ThreadPoolExecutor(2) as pool:
        yield {
            arm: pool.submit(pass_gate, arm, folder)
            for arm in arms
            if find_spec(MODULES[framework_of(arm)]) is not None
        }


def answer(gates: Gates, arm: str, case: Case) -> dict[str, Any]:
    needs(framework_of(arm))
    if arm == "pytorch/compile" and shutil.which("g++") is None:
        pytest.skip("there is no C++ compiler")
    return gates[arm].result()[case.id]


@pytest.mark.parametrize("arm", ARMS)
def test_no_workload_is_left_out(arm: str) -> None:
    gated = {case.workload for case in CASES if runs(arm, case)}
    assert gated == {name for name in WORKLOADS if arm_runs(arm, name, "cuda")}


@pytest.mark.parametrize(("arm", "case"), pairs(refused=False))
def test_an_arm_computes_what_the_reference_does(arm: str, case: Case, gates: Gates) -> None:
    line = answer(gates, arm, case)
    assert line["status"] == "ok", line
    equality = line["equality"]
    assert equality["passed"]
    assert equality["relative_l2"] <= equality["tolerance"]
    assert equality["tolerance"] in parts(tolerance_of(case.workload, case.sizes))


@pytest.mark.parametrize(("arm", "case"), pairs(refused=True))
def test_what_an_arm_cannot_run_is_a_failure_with_its_reason(
    arm: str, case: Case, gates: Gates
) -> None:
    line = answer(gates, arm, case)
    assert line["status"] == "failed", line
    assert REFUSED[arm, case.id] in line["reason"]
    assert "equality" not in line


# XLA compiles by itself for every shape, which nothing counts.
UNCOUNTED = {("tensorflow/function-xla", BUCKETED.id), ("tensorflow/function-xla", PADDED.id)}


@pytest.mark.parametrize("arm", [arm for arm in ARMS if arm in COMPILED_ARMS])
def test_a_compiled_arm_has_compiled_and_for_one_shape_only_once(arm: str, gates: Gates) -> None:
    for case in SABOTAGED:
        if not runs(arm, case) or (arm, case.id) in REFUSED or case is BUCKETED:
            continue
        # What was exported is compiled by another process, and only loaded by this one.
        counted = case is not SERVE and (arm, case.id) not in UNCOUNTED
        assert answer(gates, arm, case)["recompiles"] == (0 if counted else None), case.id


@pytest.mark.parametrize("arm", ARMS)
def test_shapes_that_change_are_compiled_again_and_counted(arm: str, gates: Gates) -> None:
    found = answer(gates, arm, BUCKETED)["recompiles"]
    if arm in COMPILED_ARMS and (arm, BUCKETED.id) not in UNCOUNTED:
        assert found >= 1
    else:
        assert found is None
