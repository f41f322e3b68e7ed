"""From raw samples to one value per process, and per arm. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Sequence

from msgspec import structs

from probes.bench.document import BlockConditions, Cell, Figure
from probes.bench.verdicts import LEAST_BLOCKS


def block_medians(cell: Cell, without: Collection[int] = ()) -> dict[int, float]:
    """Return one value per block: the median of that process's samples (seconds or bytes)."""
    return {
        block: statistics.median(samples)
        for block, samples in zip(cell.blocks, cell.samples, strict=True)
        if samples and block not in without
    }


def disturbed_blocks(conditions: Sequence[BlockConditions]) -> frozenset[int]:
    """Return the blocks that do not count: those that were disturbed, if enough others remain.

    On a machine that is never quiet all of them count, and the A/A copy tells how noisy it was.
    """
    disturbed = frozenset(one.block for one in conditions if one.dirty)
    return disturbed if len(conditions) - len(disturbed) >= LEAST_BLOCKS else frozenset()


def with_median(cell: Cell, work: float | None, without: Collection[int]) -> Cell:
    """Return the cell with the median of its blocks' medians, and what is done in that time.

    Without samples there is neither, whatever stood there before.
    """
    medians = list(block_medians(cell, without).values())
    median = statistics.median(medians) if medians else None
    return structs.replace(
        cell,
        figures={
            name: _with_median(figure, cell.blocks, without)
            for name, figure in cell.figures.items()
        },
        median_seconds=median,
        work_per_second=work / median if work is not None and median else None,
    )


def _with_median(figure: Figure, blocks: Sequence[int], without: Collection[int]) -> Figure:
    known = {
        block: value
        for block, value in zip(blocks, figure.values, strict=False)
        if value is not None
    }
    # What only a disturbed block told, such as the one export of an arm, is better than nothing.
    counted = [value for block, value in known.items() if block not in without]
    values = counted or list(known.values())
    return structs.replace(figure, median=statistics.median(values) if values else None)
