"""Fits a plan into a time budget: by leaving out workloads and arms, never blocks. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from probes.bench.arms import framework_of
from probes.bench.document import Case, Plan
from probes.bench.estimate import estimate_seconds
from probes.bench.plan import arm_runs
from probes.bench.workloads import load_workload
from probes.errors import ProbeError

# The first to be left out stands first.
SPARED_ARMS = ("keras/jax", "keras/torch", "keras/tensorflow", "tensorflow/eager", "jax/jit")
LAST_SPARED_ARMS = ("tensorflow/function-xla",)


def fitted(plan: Plan, seconds: float) -> Plan:
    """Return the plan with so much left out that it is expected to take at most ``seconds``.

    First go the arms that few use, then sizes until every workload has one, then the workloads
    that count least, and only then the second compiled arm of TensorFlow: without it TensorFlow
    might not be at its best. What cannot be made shorter is returned as it is: one case.
    """
    plan = _without_arms(plan, SPARED_ARMS, seconds)
    while estimate_seconds(plan) > seconds and (case := _spare_size(plan.cases)):
        plan = structs.replace(plan, cases=[one for one in plan.cases if one != case])
    while estimate_seconds(plan) > seconds and len(plan.cases) > 1:
        plan = structs.replace(plan, cases=plan.cases[:-1])
    return _without_arms(plan, LAST_SPARED_ARMS, seconds)


def _without_arms(plan: Plan, arms: Sequence[str], seconds: float) -> Plan:
    for arm in arms:
        if estimate_seconds(plan) > seconds and arm in plan.arms and _compares_without(plan, arm):
            plan = _with_arms(plan, [one for one in plan.arms if one != arm])
    return plan


def _compares_without(plan: Plan, arm: str) -> bool:
    """Say whether without an arm its framework would still be measured, if it is one of the two."""
    rest = {framework_of(one) for one in plan.arms if one != arm}
    return framework_of(arm) in rest or framework_of(arm) not in ("pytorch", "tensorflow")


def _with_arms(plan: Plan, arms: list[str]) -> Plan:
    """Return the plan with these arms, and without the cases that none of them runs."""
    cases = [
        case
        for case in plan.cases
        if any(arm_runs(arm, case.workload, plan.device) for arm in arms)
    ]
    copy = plan.copy_of if plan.copy_of in arms else arms[0]
    return structs.replace(plan, arms=arms, cases=cases, copy_of=copy)


def _spare_size(cases: list[Case]) -> Case | None:
    """Return the last case that is not the one its workload is best known by, if there is one."""
    kept: dict[str, Case] = {}
    for case in cases:
        if case.workload not in kept or case.id == _main_size(case.workload):
            kept[case.workload] = case
    return next((case for case in reversed(cases) if case != kept[case.workload]), None)


def _main_size(workload: str) -> str:
    efforts = load_workload(workload).EFFORTS
    return f"{workload}-{(efforts.get('quick') or next(iter(efforts.values())))[0]}"


_UNITS = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}
_DURATION = re.compile(r"(?:\d{1,5}(?:\.\d{1,3})?(?:h|min|m|s)){1,3}")
_PART = re.compile(r"([\d.]+)(h|min|m|s)")


def read_duration(text: str) -> float:
    """Return the seconds that ``5m``, ``90s`` or ``1h30m`` mean.

    Raises:
        ProbeError: It is written otherwise, or is no time at all.
    """
    plain = text.strip().lower().replace(" ", "")
    seconds = 0.0
    if _DURATION.fullmatch(plain):
        seconds = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(plain))
    if seconds <= 0:
        raise ProbeError(f"{text[:40]!r} is no duration; expected such as 5m, 90s or 1h30m")
    return seconds
