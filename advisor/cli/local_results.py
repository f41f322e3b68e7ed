"""The last local measurement of each workload, from the runs that were kept on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .places import data_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from advisor.documents.claims import Tested
    from probes.document import ProbeDocument

MOST_RUNS = 20


def last_results() -> dict[str, Tested]:
    """Return workload → its newest measurement; what cannot be read is passed over.

    Runs from elsewhere are not of this machine. The order is that in which runs were kept, which
    a clock that was set back cannot change; a run that was stopped before it had the blocks that a
    verdict needs only counts where no other has measured the workload.
    """
    if not _anything_kept():
        return {}
    from advisor.clock import now

    today = now()
    whole: dict[str, Tested] = {}
    stopped: dict[str, Tested] = {}
    for name, document in _newest_first():
        found = stopped if _too_short(document) else whole
        for one in _measurements(document, name, today):
            found.setdefault(one.workload, one)
    return stopped | whole


def _measurements(document: ProbeDocument, name: str, today: str) -> Iterator[Tested]:
    from advisor.documents.claims import Tested
    from advisor.engine.measured import Measurement
    from advisor.facts.evidence import from_document

    for m in from_document(document, name, today)[1]:
        if isinstance(m, Measurement):
            yield Tested(m.workload, m.device, m.ratio, m.low, m.high, m.verdict, m.measured_on)


def _too_short(document: ProbeDocument) -> bool:
    from probes.bench.verdicts import LEAST_BLOCKS

    blocks = document.environment.blocks
    return document.benchmarks.interrupted and len(blocks) < LEAST_BLOCKS


def _anything_kept() -> bool:
    """Say whether there is something to read, before anything is imported for it."""
    folder = data_directory()
    try:
        return (folder / "runs.sqlite3").exists() or any((folder / "probes").glob("*.json"))
    except OSError:
        return False


def _newest_first() -> Iterator[tuple[str, ProbeDocument]]:
    from probes.store import StoreError, open_store

    from .store_access import kept_before, store_path

    try:
        store = open_store(store_path(), kept_before=kept_before())
        runs = store.newest_measured(MOST_RUNS)
    except StoreError:
        yield from _of_files()
        return
    for run in runs:
        try:
            yield run, store.read(run).document
        except StoreError:
            continue


def _of_files() -> Iterator[tuple[str, ProbeDocument]]:
    """Read what lies in files, where the store cannot be read."""
    from advisor.errors import InputError
    from advisor.facts.evidence import read_probe

    from .store_access import kept_before

    for path in sorted(kept_before().glob("*.json"), reverse=True)[:MOST_RUNS]:
        try:
            yield path.name, read_probe(str(path))
        except InputError:
            continue
