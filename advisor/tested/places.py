"""Where a comparison or check finds its cells: newest document first, one workload at a time."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from knowledge.text import printable
from probes.bench.document import Cell, Workload
from probes.bench.verdicts import LEAST_BLOCKS
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
    """Return the cases of the newest document that says something of all these arms.

    A run that was stopped before it had the blocks that a verdict needs gives way to a whole one,
    and one that was stopped at the gate to any with samples. If none tried them all, the cases are
    those of the newest document that has the workload.
    """
    found = [here for document in documents if (here := _cases(document, workload, case))]
    whole = [here for here in found if _whole(here[0].document)]
    for among, says in ((whole, _told), (found, _told), (found, _tried)):
        for here in among:
            if any(all(says(seat.cell(arm)) for arm in arms) for seat in here):
                return here
    return found[0] if found else []


def _cases(document: ProbeDocument, workload: str, case: str | None) -> list[Seat]:
    return [
        Seat(document, key)
        for key, one in document.benchmarks.workloads.items()
        if one.workload == workload and (case is None or key in (case, f"{workload}-{case}"))
    ]


def _whole(document: ProbeDocument) -> bool:
    return not document.benchmarks.interrupted or len(document.environment.blocks) >= LEAST_BLOCKS


def _told(cell: Cell | None) -> bool:
    """Say whether an arm was measured, or failed, which is a result too."""
    return cell is not None and (cell.status != "ok" or any(cell.samples))


def _tried(cell: Cell | None) -> bool:
    return cell is not None


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
