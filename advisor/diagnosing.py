"""From a record to the doctor's document, by the knowledge base that is in use, overlays included.

Whoever shows a diagnosis goes through here, so that state, plan and data version always belong
together. Takes no record and asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from advisor.documents.doctor import Doctor
    from knowledge.base import Knowledge
    from probes.doctor.record import Record
    from probes.frameworks.builds import Build, Chip

Known = TypeVar("Known")


def doctor_document(
    record: Record, knowledge: Knowledge, *, replayed: bool = False, with_plan: bool = False
) -> Doctor:
    """Return verdicts, state and, if wanted or if facts were assumed, the plan of a record."""
    from advisor.documents.doctor import Doctor
    from probes.doctor.diagnose import diagnose
    from probes.health import health

    diagnosis = diagnose(record, known_builds(knowledge))
    found = health(record.hardware, diagnosis.frameworks)
    return Doctor(
        data_version=knowledge.version,
        replayed=replayed,
        simulated=bool(record.assumed) or record.constructed,
        redacted=record.redacted,
        assumed=record.assumed,
        frameworks=diagnosis.frameworks,
        state=found.state,
        faults=found.faults,
        plan=tuple(diagnosis.plan) if with_plan or record.assumed else None,
        record=record,
    )


def known_builds(knowledge: Knowledge) -> Sequence[Build]:
    """Return the builds of the knowledge base, else those that the probes carry."""
    from probes.frameworks.builds import Build, published

    return _as_probes_know_them(knowledge.kind("build").values(), Build) or published().builds


def known_chips(knowledge: Knowledge) -> Sequence[Chip]:
    """Return the chips of the knowledge base, else those that the probes carry."""
    from probes.frameworks.builds import Chip, published

    return _as_probes_know_them(knowledge.kind("chip").values(), Chip) or published().chips


def _as_probes_know_them(entries: Iterable[object], kind: type[Known]) -> tuple[Known, ...]:
    """Return entries of the knowledge base as the type the probes use."""
    import msgspec

    return tuple(msgspec.convert(msgspec.to_builtins(entry), kind) for entry in entries)
