"""The record: raw readings, variables, wheels and what the children said, in one file.

A promise to whoever keeps such files: fields may be added, none is renamed or removed. Must hold
observations only, never a verdict.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import DecodeError, Meta, Struct, ValidationError, convert, field
from msgspec.json import decode

from probes.errors import ProbeError
from probes.evidence import Reading
from probes.frameworks.gathered import Gathered
from probes.plain_text import clean_line

LONGEST_FILE_BYTES = 16 << 20


class Record(Struct, frozen=True, kw_only=True):
    """Everything that was observed on one machine at one time."""

    tool_version: str
    created: Annotated[str, Meta(description="UTC, ISO 8601")]
    schema: Literal["fw-advisor/doctor-record"] = "fw-advisor/doctor-record"
    schema_version: Annotated[str, Meta(pattern=r"^1\.\d+$")] = "1.0"
    constructed: Annotated[
        bool, Meta(description="Put together by hand from words of others, not taken on a machine")
    ] = False
    note: Annotated[str, Meta(description="What the record shows")] = ""
    sources: Annotated[list[str], Meta(description="Where constructed words were read")] = field(
        default_factory=list
    )
    redacted: bool = False
    assumed: Annotated[
        dict[str, str], Meta(description="Facts that were assumed for planning, not observed")
    ] = field(default_factory=dict)
    hardware: dict[str, Reading] = field(default_factory=dict)
    environment: Annotated[
        dict[str, str], Meta(description="Variables that choose or hide devices")
    ] = field(default_factory=dict)
    frameworks: Gathered = field(default_factory=Gathered)


def read_record(raw: bytes, name: str) -> Record:
    """Return the record in a file: a record itself, or a doctor's document that holds one.

    Raises:
        ProbeError: It is neither; the message says what is wrong in one line.
    """
    if len(raw) > LONGEST_FILE_BYTES:
        raise ProbeError(f"{name}: longer than {LONGEST_FILE_BYTES >> 20} MiB")
    try:
        document = decode(raw)
        if isinstance(document, dict) and isinstance(document.get("record"), dict):
            document = document["record"]
        if not isinstance(document, dict) or document.get("schema") != "fw-advisor/doctor-record":
            raise ProbeError(f"{name}: not a file of `probe doctor --json`")
        return convert(document, Record)
    except (ValidationError, DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ProbeError(f"{name}: {clean_line(str(error))}") from None
