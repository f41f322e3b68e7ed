"""Finds processes in which a call took many times as long as in the others: a thread was missing.

With two threads on two busy cores a parallel loop waits, spinning, for the thread that has no core:
calls then take from ten to more than a hundred times as long, in one process and not in the next.
Such a block is no slow framework; it is named, and the block's noise says so. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from probes.bench.arms import COPY_SUFFIX
from probes.bench.document import AaCheck, Benchmarks, BlockConditions, Cell
from probes.bench.medians import block_medians

COLLAPSE_FACTOR = 3.0
"""Beyond this, no drift of clock or memory explains it."""


def with_collapses(
    benchmarks: Benchmarks, aa: AaCheck | None, conditions: Sequence[BlockConditions]
) -> list[BlockConditions]:
    """Return the conditions with the arms named that collapsed in each block."""
    found: dict[int, set[str]] = {}
    for arm, cell in _cells(benchmarks, aa):
        medians = block_medians(cell)
        least = min(medians.values(), default=0.0)
        for block, median in medians.items():
            if median > COLLAPSE_FACTOR * least:
                found.setdefault(block, set()).add(arm)
    return [structs.replace(one, collapsed=sorted(found.get(one.block, ()))) for one in conditions]


def _cells(benchmarks: Benchmarks, aa: AaCheck | None) -> Iterator[tuple[str, Cell]]:
    """Return the cells that hold times, and to which arm each belongs: bytes wait for nobody."""
    timed = {key: one for key, one in benchmarks.workloads.items() if one.quantity == "seconds"}
    for workload in timed.values():
        yield from workload.arms.items()
    for case, copy in (aa.cases if aa else {}).items():
        if case in timed:
            yield f"{aa.arm if aa else ''}{COPY_SUFFIX}", copy.cell
