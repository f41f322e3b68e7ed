"""Which run that was stopped can be continued: only on the same machine, with the same versions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from probes.bench.arms import host_of
from probes.interpreters import NAMES
from probes.store.fingerprint import fingerprint, machine_facts

from ..wording import brief, clean

if TYPE_CHECKING:
    from probes.bench.assembly import BenchmarkRun
    from probes.document import ProbeDocument
    from probes.store import Kept

    from ..look_job import Found


def hindrance(run: Kept, found: Found) -> str:
    """Return why a run cannot be continued on the machine that was found; nothing if it can."""
    if run.state != "interrupted":
        return "it has ended" if run.state == "finished" else "it is being measured now"
    if not run.here:
        return "it was measured elsewhere"
    if not run.arms or run.effort is None:
        return "nothing of it was measured yet"
    if run.fingerprint != fingerprint(machine_facts(found.record.hardware)):
        return "the machine is another one now"
    for framework in dict.fromkeys(map(host_of, run.arms)):
        name = NAMES.get(framework, brief(framework))
        now = found.diagnosis.frameworks.get(framework)
        if now is None or not now.installed:
            return f"{name} is not installed any more"
        if (now.version or "unknown") != run.versions.get(framework):
            before = clean(run.versions.get(framework, "another version"))
            return f"{name} was {before} then and is {brief(now.version or 'unknown')} now"
        if now.interpreter != run.interpreters.get(framework):
            return f"{name} was measured with another interpreter"
    return ""


def continuable(runs: Iterable[Kept], found: Found) -> Kept | None:
    """Return the newest run that can be continued here."""
    return next((run for run in runs if not hindrance(run, found)), None)


def previous_of(document: ProbeDocument) -> BenchmarkRun:
    """Return what the controller goes on from."""
    from probes.bench.assembly import BenchmarkRun

    return BenchmarkRun(document.benchmarks, document.aa, document.environment)
