"""Makes the plan of a run: which cases, which arms, how many blocks, how long each sample.

A time budget is met by dropping workloads or arms, never blocks: fewer than six cannot carry a
verdict. Must not import a framework or numpy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct, structs

from probes.bench.arms import ARMS, USUAL_ARMS, framework_of, host_of, mode_of
from probes.bench.document import Case, Plan
from probes.bench.workloads import WORKLOADS, load_workload, runs
from probes.errors import ProbeError


class Effort(Struct, frozen=True):
    """How much time a run takes for better intervals; ``seconds`` is what it is fitted into."""

    seconds: float
    blocks: int
    samples: int
    sample_seconds: float
    warm_up_cap_seconds: float
    process_limit_seconds: float


EFFORTS = {
    "quick": Effort(240.0, 6, 5, 0.05, 1.0, 180.0),
    "standard": Effort(1500.0, 6, 6, 0.1, 2.0, 300.0),
    "thorough": Effort(7200.0, 10, 10, 0.1, 4.0, 600.0),
}
QUICK_WORKLOADS = ("transformer-block", "train-step", "decode")
"""What a quick run measures if nobody says what the machine is for."""


def make_plan(
    effort: str = "quick",
    *,
    workloads: Sequence[str] | None = None,
    arms: Sequence[str] | None = None,
    frameworks: Sequence[str] | None = None,
    threads: int = 1,
    seed: int = 0,
    device: Literal["cpu", "cuda"] = "cpu",
) -> Plan:
    """Return the plan for an effort.

    Args:
        effort: ``quick``, ``standard`` or ``thorough``.
        workloads: Ids of workloads; those of the effort by default.
        arms: Ids of arms; those of the effort by default.
        frameworks: Keep only the arms of these (those installed); all by default.
        threads: Threads for every framework.
        seed: Of the data and of the order within the blocks.
        device: Where it runs.

    Raises:
        ProbeError: An id is unknown; the message names the nearest valid one.
    """
    chosen = EFFORTS[_known("effort", effort, EFFORTS)]
    cases = [case for name in _names(workloads, effort) for case in _cases(name, effort)]
    kept = _arms(arms, effort, frameworks)
    if not arms:
        cases = [_compared(case, kept, device) for case in cases]
        kept, cases = with_arms_of(cases, kept)
    return Plan(
        effort=effort,
        cases=[case for case in cases if any(runs_case(arm, case, device) for arm in kept)],
        arms=kept,
        copy_of=kept[0] if kept else None,
        blocks=chosen.blocks,
        seed=seed,
        device=device,
        threads=threads,
        samples=chosen.samples,
        sample_seconds=chosen.sample_seconds,
        warm_up_cap_seconds=chosen.warm_up_cap_seconds,
        process_limit_seconds=chosen.process_limit_seconds,
    )


def case_of(workload: str, name: str) -> Case:
    """Return the case ``name`` of a workload, such as ``gemm-512`` of ``matmul``."""
    sizes = load_workload(workload).CASES[name]
    return Case(id=f"{workload}-{name}", workload=workload, sizes=dict(sizes))


def arm_runs(arm: str, workload: str, device: str) -> bool:
    """Say whether an arm has a way to run a workload at all."""
    return runs(workload, framework_of(arm), mode_of(arm), device)


def runs_case(arm: str, case: Case, device: str) -> bool:
    """Say whether an arm is to run a case, and can."""
    return (case.arms is None or arm in case.arms) and arm_runs(arm, case.workload, device)


def with_arms_of(cases: Sequence[Case], usual: Sequence[str]) -> tuple[list[str], list[Case]]:
    """Return the arms that any case has, ``usual`` if it names none, and the cases with theirs."""
    named = [case.arms or usual for case in cases]
    arms = _in_order(arm for one in named for arm in one)
    return arms, [
        structs.replace(case, arms=None if set(one) == set(arms) else list(one))
        for case, one in zip(cases, named, strict=True)
    ]


def _compared(case: Case, arms: Sequence[str], device: str) -> Case:
    """Return the case with an arm more for each of the two that could not run it otherwise."""
    more = []
    for framework in {"pytorch", "tensorflow"} & {framework_of(arm) for arm in arms}:
        able = [
            arm
            for arm in ARMS
            if framework_of(arm) == framework and arm_runs(arm, case.workload, device)
        ]
        if able and not set(able) & set(arms):
            more.append(able[0])
    return structs.replace(case, arms=_in_order({*arms, *more})) if more else case


def _in_order(arms: Iterable[str]) -> list[str]:
    chosen = set(arms)
    return [arm for arm in ARMS if arm in chosen]


def _names(workloads: Sequence[str] | None, effort: str) -> list[str]:
    """Return the workloads, those that count most first: as asked for, else as they are listed."""
    asked = [_known("workload", name, WORKLOADS) for name in workloads or ()]
    if asked:
        return list(dict.fromkeys(asked))
    return [name for name in WORKLOADS if effort != "quick" or name in QUICK_WORKLOADS]


def _arms(arms: Sequence[str] | None, effort: str, frameworks: Sequence[str] | None) -> list[str]:
    """Return the arms in the order in which they are shown, without those of missing frameworks."""
    chosen = [_known("arm", arm, ARMS) for arm in arms or USUAL_ARMS[effort]]
    return [
        arm for arm in ARMS if arm in chosen and (frameworks is None or host_of(arm) in frameworks)
    ]


def _cases(workload: str, effort: str) -> list[Case]:
    """Return the cases of an effort; those of the smallest effort if it has none."""
    efforts = load_workload(workload).EFFORTS
    return [case_of(workload, name) for name in efforts.get(effort) or next(iter(efforts.values()))]


def _known(what: str, name: str, valid: Iterable[str]) -> str:
    names = list(valid)
    if name in names:
        return name
    nearest = difflib.get_close_matches(name, names, n=1, cutoff=0.0)
    raise ProbeError(
        f"{name!r} is not a known {what}; the nearest is {nearest[0]!r} (all: {', '.join(names)})"
    )
