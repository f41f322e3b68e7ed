"""Which run that was stopped can be continued, and what it is continued from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from advisor.history import continuing

if TYPE_CHECKING:
    from probes.bench.assembly import BenchmarkRun
    from probes.document import ProbeDocument
    from probes.store import Kept

    from ..look_job import Found


def hindrance(run: Kept, found: Found) -> str:
    """Return why a run cannot be continued on the machine that was found; nothing if it can."""
    return continuing.hindrance(run, found.record.hardware, found.diagnosis.frameworks)


def continuable(runs: Iterable[Kept], found: Found) -> Kept | None:
    """Return the newest run that can be continued here."""
    return next((run for run in runs if not hindrance(run, found)), None)


def previous_of(document: ProbeDocument) -> BenchmarkRun:
    """Return what the controller goes on from."""
    from probes.bench.assembly import BenchmarkRun

    return BenchmarkRun(document.benchmarks, document.aa, document.environment)
