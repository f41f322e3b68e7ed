"""A record without what tells whose machine it is; everything else stays, so it still replays."""

from __future__ import annotations

from msgspec import convert, structs, to_builtins

from probes.doctor.record import Record
from probes.redaction import redacted


def redact(record: Record, names: tuple[str, ...] = ()) -> Record:
    """Return the record without identifiers, home folders, and host, user and process names."""
    cleaned = convert(redacted(to_builtins(record), names), Record)
    return structs.replace(cleaned, redacted=True)
