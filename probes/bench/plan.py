"""Makes the plan of a run: which cases, which arms, how many blocks, how long each sample.

A time budget is met by dropping workloads or arms, never blocks: fewer than six cannot carry a
verdict. Must not import a framework or numpy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from probes.bench.arms import ARMS
from probes.bench.document import Case, Plan
from probes.bench.workloads import WORKLOADS, load_workload
from probes.errors import ProbeError


class Effort(Struct, frozen=True):
    """How much time a run takes for better intervals."""

    blocks: int
    samples: int
    sample_seconds: float
    warm_up_cap_seconds: float
    process_limit_seconds: float


EFFORTS = {
    "quick": Effort(6, 5, 0.05, 1.0, 180.0),
    "standard": Effort(10, 10, 0.1, 4.0, 300.0),
    "thorough": Effort(15, 20, 0.1, 8.0, 600.0),
}


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
        workloads: Ids of workloads; all by default.
        arms: Ids of arms; all by default.
        frameworks: Keep only the arms of these (those installed); all by default.
        threads: Threads for every framework.
        seed: Of the data and of the order within the blocks.
        device: Where it runs.

    Raises:
        ProbeError: An id is unknown; the message names the nearest valid one.
    """
    chosen = EFFORTS[_known("effort", effort, EFFORTS)]
    names = [_known("workload", name, WORKLOADS) for name in workloads or WORKLOADS]
    chosen_arms = [_known("arm", arm, ARMS) for arm in arms or ARMS]
    ordered = [arm for arm in ARMS if arm in chosen_arms]
    kept = [arm for arm in ordered if frameworks is None or arm.partition("/")[0] in frameworks]
    return Plan(
        effort=effort,
        cases=[case for name in WORKLOADS if name in names for case in _cases(name, effort)],
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


def _cases(workload: str, effort: str) -> list[Case]:
    return [case_of(workload, name) for name in load_workload(workload).EFFORTS[effort]]


def _known(what: str, name: str, valid: Iterable[str]) -> str:
    names = list(valid)
    if name in names:
        return name
    nearest = difflib.get_close_matches(name, names, n=1, cutoff=0.0)
    raise ProbeError(
        f"{name!r} is not a known {what}; the nearest is {nearest[0]!r} (all: {', '.join(names)})"
    )
