"""Where a comparison or check finds its cells: newest document first, one workload at a time."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from knowledge.text import printable
from probes.bench.document import Cell, Workload
from probes.document import ProbeDocument

LONGEST = 200


class Seat(Struct, frozen=True):
    """One case of one document: where the cell of an arm may stand."""

    document: ProbeDocument
    key: str

    @property
    def workload(self) -> Workload:
        """Return the case with its arms."""
        return self.document.benchmarks.workloads[self.key]

    def cell(self, arm: str) -> Cell | None:
        """Return what was measured of an arm, or None if nobody tried."""
        return self.workload.arms.get(arm)


def seats(
    documents: Sequence[ProbeDocument], workload: str, case: str | None, arms: Sequence[str]
) -> list[Seat]:
    """Return the cases of the newest document that tried these arms, or else of the newest."""
    tried: list[Seat] = []
    for document in documents:
        found = [
            Seat(document, key)
            for key, one in document.benchmarks.workloads.items()
            if one.workload == workload and (case is None or key in (case, f"{workload}-{case}"))
        ]
        if any(all(seat.cell(arm) is not None for arm in arms) for seat in found):
            return found
        tried = tried or found
    return tried


def beside(seat: Seat, workload: str, case: str) -> Seat | None:
    """Return another case of the same document."""
    for key in (f"{workload}-{case}", case):
        if key in seat.document.benchmarks.workloads:
            return Seat(seat.document, key)
    return None


def trouble(arm: str, cell: Cell) -> str:
    """Return why a cell cannot be compared; empty if it can."""
    if cell.status == "ok":
        return ""
    reason = printable(" ".join(cell.reason.split()))[:LONGEST]
    return f"{arm}: {cell.status}" + (f" ({reason})" if reason else "")
