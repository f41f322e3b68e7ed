"""Fits a plan into a time budget: by leaving out workloads and arms, never blocks. Pure."""

from __future__ import annotations

import re

from msgspec import structs

from probes.bench.arms import framework_of
from probes.bench.document import Case, Plan
from probes.bench.estimate import estimate_seconds
from probes.bench.plan import runs_case, with_arms_of
from probes.bench.workloads import load_workload
from probes.errors import ProbeError

# The first to be left out stands first.
SPARED_ARMS = ("keras/jax", "keras/torch", "keras/tensorflow", "jax/jit")
SPARED_WHERE_IT_COUNTS_LEAST = "tensorflow/eager"
LAST_SPARED_ARMS = ("tensorflow/function-xla",)


def fitted(plan: Plan, seconds: float, keep_arms: bool = False) -> Plan:
    """Return the plan with so much left out that it is expected to take at most ``seconds``.

    First go the arms that few use, then sizes until every workload has one, then TensorFlow eager
    from the workloads that count least on, then these workloads, and only then the second compiled
    arm of TensorFlow: without it TensorFlow might not be at its best. No case loses the last arm
    of one of the two. What cannot be made shorter is returned as it is: one case. With
    ``keep_arms``, those that were asked for by name, only sizes and workloads go.
    """
    for arm in () if keep_arms else SPARED_ARMS:
        plan = _without(plan, arm, seconds)
    while estimate_seconds(plan) > seconds and (spare := _spare_size(plan.cases)):
        plan = _with_cases(plan, [one for one in plan.cases if one.id != spare.id])
    for case in () if keep_arms else tuple(reversed(plan.cases)):
        plan = _without(plan, SPARED_WHERE_IT_COUNTS_LEAST, seconds, only=case.id)
    while estimate_seconds(plan) > seconds and len(plan.cases) > 1:
        plan = _with_cases(plan, plan.cases[:-1])
    for arm in () if keep_arms else LAST_SPARED_ARMS:
        plan = _without(plan, arm, seconds)
    return plan


def _without(plan: Plan, arm: str, seconds: float, only: str | None = None) -> Plan:
    """Return a plan that takes too long without an arm, where it can be spared."""
    if estimate_seconds(plan) <= seconds or arm not in plan.arms:
        return plan
    return _with_cases(
        plan,
        [
            structs.replace(case, arms=[one for one in case.arms or plan.arms if one != arm])
            if only in (None, case.id) and _compares_without(plan, case, arm)
            else case
            for case in plan.cases
        ],
    )


def _compares_without(plan: Plan, case: Case, arm: str) -> bool:
    """Say whether without an arm its framework still runs the case, if it is one of the two."""
    framework = framework_of(arm)
    rest = [one for one in plan.arms if one != arm and runs_case(one, case, plan.device)]
    return framework not in ("pytorch", "tensorflow") or framework in map(framework_of, rest)


def _with_cases(plan: Plan, cases: list[Case]) -> Plan:
    """Return the plan with these cases, the arms that any of them has, and none that has no arm."""
    ran = [case for case in cases if any(runs_case(arm, case, plan.device) for arm in plan.arms)]
    arms, ran = with_arms_of(ran, plan.arms)
    used = [arm for arm in arms if any(runs_case(arm, case, plan.device) for case in ran)]
    copy = plan.copy_of if plan.copy_of in used else next(iter(used), None)
    return structs.replace(plan, arms=used, cases=ran, copy_of=copy)


def _spare_size(cases: list[Case]) -> Case | None:
    """Return the last case that is not the one its workload is best known by, if there is one."""
    kept: dict[str, Case] = {}
    for case in cases:
        if case.workload not in kept or case.id == _main_size(case.workload):
            kept[case.workload] = case
    return next((case for case in reversed(cases) if case.id != kept[case.workload].id), None)


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
