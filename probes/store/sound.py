"""Whether figures of a document that this process did not measure can be computed with. Pure.

The types are checked when it is read; here, what types cannot say.
"""

from __future__ import annotations

from probes.bench.document import Cell
from probes.document import ProbeDocument

_LARGEST = 1e15
"""More seconds, or bytes, than any call takes."""
_MOST_ROWS = 20_000


def unsound(document: ProbeDocument) -> str:
    """Return what is wrong, in words; nothing if all can be computed with."""
    rows = 0
    for name, case in document.benchmarks.workloads.items():
        rows += len(case.arms)
        for arm, cell in case.arms.items():
            problem = _cell(cell)
            if problem:
                return f"benchmarks.workloads.{name}.arms.{arm}: {problem}"
    if rows > _MOST_ROWS:
        return f"more than {_MOST_ROWS} measurements"
    for name, copy in (document.aa.cases if document.aa else {}).items():
        problem = _cell(copy.cell)
        if problem:
            return f"aa.cases.{name}: {problem}"
    return ""


def _cell(cell: Cell) -> str:
    if len(cell.blocks) != len(cell.samples):
        return f"samples of {len(cell.samples)} blocks, but {len(cell.blocks)} block numbers"
    if len(set(cell.blocks)) != len(cell.blocks):
        return "a block number stands twice"
    for samples in cell.samples:
        if not all(0 < sample < _LARGEST for sample in samples):
            return "a sample is no positive number that could be a measurement"
    return ""
