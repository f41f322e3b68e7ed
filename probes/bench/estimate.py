"""How long a run will take: before it starts from the plan, then from the processes that ended.

The constants are wall times of fresh processes measured on the two-core machine where the quick
effort was tuned (AMD EPYC, torch 2.13.0, tensorflow-cpu 2.21.0, 2026-11-20).
"""

from __future__ import annotations

from probes.bench.arms import COPY_SUFFIX
from probes.bench.document import Plan
from probes.bench.order import slots

# Import, set-up and first call with warm compile caches, without the cases' own time.
_START_SECONDS = {
    "pytorch/eager": 1.7,
    "pytorch/compile": 3.5,
    "tensorflow/eager": 2.5,
    "tensorflow/function": 2.6,
    "tensorflow/function-xla": 2.7,
}
# What the first process of an arm needs more: compilation with empty caches.
_COLD_SECONDS = {"pytorch/compile": 18.0}
_COMPILE_SECONDS_PER_CASE = {"pytorch/compile": 0.8}
_PREPARE_SECONDS = 1.5
# Doubling up to the sample length costs about as much as two samples.
_CALIBRATION_SAMPLES = 2


def process_seconds(plan: Plan, slot: str) -> float:
    """Return the expected time of one measuring process."""
    arm = slot.removesuffix(COPY_SUFFIX)
    per_case = (
        min(plan.warm_up_cap_seconds, max(plan.warm_up_seconds, 0.05) * 1.3)
        + (plan.samples + _CALIBRATION_SAMPLES) * plan.sample_seconds * 1.4
        + _COMPILE_SECONDS_PER_CASE.get(arm, 0.05)
    )
    return _START_SECONDS.get(arm, 2.5) + per_case * len(plan.cases)


def gate_seconds(plan: Plan, arm: str) -> float:
    """Return the expected time of the arm's gate process."""
    return (
        _START_SECONDS.get(arm, 2.5)
        + _COLD_SECONDS.get(arm, 0.0)
        + _COMPILE_SECONDS_PER_CASE.get(arm, 0.05) * len(plan.cases)
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
