"""Plans small enough for tests."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from probes.bench.arms import ARMS, USUAL_ARMS
from probes.bench.document import Case, Plan

GEMM = Case(id="matmul-gemm-24", workload="matmul", sizes={"m": 24, "k": 24, "n": 24})
GEMV = Case(id="matmul-gemv-32", workload="matmul", sizes={"m": 32, "k": 32, "n": 1})
BLOCK = Case(
    id="transformer-block-8x16",
    workload="transformer-block",
    sizes={"batch": 2, "length": 8, "width": 16, "heads": 2},
)


def tiny_plan(**changes: Any) -> Plan:
    """Two cases, all arms, two blocks, samples of two milliseconds."""
    plan = Plan(
        effort="quick",
        cases=[GEMM, BLOCK],
        arms=list(USUAL_ARMS["standard"]),
        copy_of=ARMS[0],
        blocks=2,
        samples=3,
        sample_seconds=0.002,
        warm_up_seconds=0.01,
        warm_up_cap_seconds=0.05,
        process_limit_seconds=120.0,
    )
    return structs.replace(plan, **changes)
