"""The order of a block: a seeded random permutation, so that drift cannot favour one arm."""

from __future__ import annotations

import random

from probes.bench.arms import COPY_SUFFIX
from probes.bench.document import Plan


def slots(plan: Plan) -> list[str]:
    """Return every arm of a block; the A/A copy is one more, with ``#copy`` behind its name."""
    return [*plan.arms, *([plan.copy_of + COPY_SUFFIX] if plan.copy_of else [])]


def block_order(plan: Plan, block: int, candidates: list[str]) -> list[str]:
    """Return ``candidates`` in the random order of this block (numbered from 1)."""
    order = list(candidates)
    random.Random(f"{plan.seed}/{block}").shuffle(order)
    return order


def case_order(plan: Plan, block: int, slot: str, cases: list[str]) -> list[str]:
    """Return the random order in which one process runs its cases."""
    order = list(cases)
    random.Random(f"{plan.seed}/{block}/{slot}").shuffle(order)
    return order
