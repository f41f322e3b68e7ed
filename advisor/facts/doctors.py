"""A doctor's record as evidence: what it means today, in the form of a probe's document."""

from __future__ import annotations

from advisor.errors import InputError
from probes.doctor.diagnose import diagnose
from probes.doctor.record import read_record
from probes.document import ProbeDocument
from probes.errors import ProbeError


def from_doctor(raw: bytes, name: str) -> ProbeDocument:
    """Return hardware and verdicts of a record; InputError if it cannot be read."""
    try:
        record = read_record(raw, name)
    except ProbeError as error:
        raise InputError(str(error)) from None
    return ProbeDocument(
        tool_version=record.tool_version,
        created=record.created,
        hardware=record.hardware,
        frameworks=diagnose(record).frameworks,
    )
