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
    """Return the cell with the median of its blocks' medians, and what is done in that time."""
    medians = list(block_medians(cell, without).values())
    figures = {name: _with_median(figure) for name, figure in cell.figures.items()}
    if not medians:
        return structs.replace(cell, figures=figures)
    median = statistics.median(medians)
    return structs.replace(
        cell,
        figures=figures,
        median_seconds=median,
        work_per_second=work / median if work is not None else None,
    )


def _with_median(figure: Figure) -> Figure:
    known = [value for value in figure.values if value is not None]
    return structs.replace(figure, median=statistics.median(known) if known else None)
