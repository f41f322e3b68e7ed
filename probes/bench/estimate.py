"""How long a run will take: before it starts from the plan, then from the processes that ended.

The constants are wall times of fresh processes measured on the two-core machine where the quick
effort was tuned (AMD EPYC, torch 2.13.0, tensorflow-cpu 2.21.0, 2026-11-20).
"""

from __future__ import annotations

from types import ModuleType

from probes.bench.arms import COMPILED_ARMS, COPY_SUFFIX
from probes.bench.document import Plan
from probes.bench.order import slots
from probes.bench.plan import runs_case
from probes.bench.workloads import load_workload

# Import, set-up and first call with warm compile caches, without the cases' own time.
_START_SECONDS = {
    "pytorch/eager": 1.7,
    "pytorch/compile": 3.5,
    "tensorflow/eager": 2.5,
    "tensorflow/function": 2.6,
    "tensorflow/function-xla": 2.7,
    "jax/jit": 1.5,
    "keras/torch": 6.0,
    "keras/tensorflow": 3.5,
    "keras/jax": 2.5,
}
_START_SECONDS_OTHERWISE = 2.5
# What the first process of an arm needs more: compilation with empty caches.
_COLD_SECONDS = {"pytorch/compile": 15.0, "keras/torch": 15.0}
_COMPILE_SECONDS_PER_CASE = {
    "pytorch/compile": 0.8,
    "jax/jit": 0.7,
    "keras/torch": 0.8,
    "keras/tensorflow": 1.0,
    "keras/jax": 1.0,
}
_COMPILE_SECONDS_OTHERWISE = 0.05
_PREPARE_SECONDS = 4.0
# Doubling up to the sample length costs about as much as two samples, and overshoots.
_CALIBRATION_SAMPLES = 2
_OVERSHOOT = 1.4
# The first pass over the inputs, and once more for the gate; then the least warm-up.
_GATE_CALLS = 8
_LEAST_CALLS = {True: 12, False: 3}


def process_seconds(plan: Plan, slot: str) -> float:
    """Return the expected time of the measuring process of one slot, or of all of them."""
    arm = slot.removesuffix(COPY_SUFFIX)
    together, alone = _workloads(plan, arm)
    cases = sum(case_seconds(plan, arm, workload) for workload in together)
    return _start_seconds(arm, together) + cases + _alone_seconds(arm, alone)


def gate_seconds(plan: Plan, arm: str) -> float:
    """Return the expected time of the arm's gate process."""
    together, alone = _workloads(plan, arm)
    cases = sum(case_gate_seconds(arm, workload) for workload in together)
    cold = _COLD_SECONDS.get(arm, 0.0) if together else 0.0
    cold += sum(float(workload.COLD_SECONDS.get(arm, 0.0)) for workload in alone)
    return _start_seconds(arm, together) + cold + cases + _alone_seconds(arm, alone)


def case_gate_seconds(arm: str, workload: ModuleType) -> float:
    """Return the expected time of one case in the gate process of an arm."""
    return (
        _compile_seconds(arm, workload)
        + float(workload.COLD_SECONDS.get(arm, 0.0))
        + _GATE_CALLS * _call_seconds(arm, workload)
    )


def _workloads(plan: Plan, arm: str) -> tuple[list[ModuleType], list[ModuleType]]:
    """Return the workload of every case that the arm runs: in one process, and each in its own."""
    modules = [
        load_workload(case.workload) for case in plan.cases if runs_case(arm, case, plan.device)
    ]
    return [one for one in modules if not one.FRESH], [one for one in modules if one.FRESH]


def _start_seconds(arm: str, together: list[ModuleType]) -> float:
    return _START_SECONDS.get(arm, _START_SECONDS_OTHERWISE) if together else 0.0


def _alone_seconds(arm: str, alone: list[ModuleType]) -> float:
    usual = _START_SECONDS.get(arm, _START_SECONDS_OTHERWISE)
    return sum(float(workload.PROCESS_SECONDS.get(arm, usual)) for workload in alone)


def _call_seconds(arm: str, workload: ModuleType) -> float:
    calls = workload.CALL_SECONDS
    return float(calls.get(arm, 0.0) if isinstance(calls, dict) else calls)


def _compile_seconds(arm: str, workload: ModuleType) -> float:
    usual = _COMPILE_SECONDS_PER_CASE.get(arm, _COMPILE_SECONDS_OTHERWISE)
    return float(workload.COMPILE_SECONDS.get(arm, usual))


def case_seconds(plan: Plan, arm: str, workload: ModuleType) -> float:
    """Return the expected time of one case in the measuring process of an arm."""
    call = _call_seconds(arm, workload)
    settling = min(plan.warm_up_cap_seconds, max(plan.warm_up_seconds, 0.05) * 1.3)
    samples = plan.samples + _CALIBRATION_SAMPLES
    return (
        _compile_seconds(arm, workload)
        + _GATE_CALLS * call
        + max(settling, _LEAST_CALLS[arm in COMPILED_ARMS] * call)
        + samples * max(plan.sample_seconds * _OVERSHOOT, call)
    )


def estimate_seconds(plan: Plan) -> float:
    """Return the expected wall time of the whole run, in seconds."""
    gates = sum(gate_seconds(plan, arm) for arm in plan.arms)
    blocks = plan.blocks * sum(process_seconds(plan, slot) for slot in slots(plan))
    return _PREPARE_SECONDS + gates + blocks if plan.arms else 0.0


class Clock:
    """Expected times that learn: a process that has run once is expected to run as long again."""

    def __init__(self, plan: Plan) -> None:
        """Begin with the estimate of the plan."""
        self._plan = plan
        self._measured: dict[str, float] = {}

    def learn(self, slot: str, seconds: float) -> None:
        """Take in the wall time of one measuring process."""
        before = self._measured.get(slot)
        self._measured[slot] = seconds if before is None else 0.5 * (before + seconds)

    def expected(self, slot: str) -> float:
        """Return the expected seconds of one measuring process of ``slot``."""
        return self._measured.get(slot) or process_seconds(self._plan, slot)
