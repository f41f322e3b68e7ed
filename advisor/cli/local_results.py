"""The last local measurement of each workload, from the probes that were kept on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .places import data_directory

if TYPE_CHECKING:
    from advisor.documents.claims import Tested

MOST_FILES = 20


def last_results() -> dict[str, Tested]:
    """Return workload → its newest measurement; files that cannot be read are passed over."""
    try:
        files = sorted((data_directory() / "probes").glob("*.json"))[-MOST_FILES:]
    except OSError:
        return {}
    if not files:
        return {}
    from advisor.clock import now
    from advisor.documents.claims import Tested
    from advisor.errors import InputError
    from advisor.facts.evidence import from_document, read_probe

    found: dict[str, Tested] = {}
    for path in files:
        try:
            _, measurements, _ = from_document(read_probe(str(path)), path.name, now())
        except InputError:
            continue
        for m in measurements:
            known = found.get(m.workload)
            if known is None or known.measured_on <= m.measured_on:
                found[m.workload] = Tested(
                    m.workload, m.device, m.ratio, m.low, m.high, m.verdict, m.measured_on
                )
    return found
