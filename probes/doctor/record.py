"""The record: raw readings, variables, wheels and what the children said, in one file.

A promise to whoever keeps such files: fields may be added, none is renamed or removed. Must hold
observations only, never a verdict.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import DecodeError, Meta, Struct, ValidationError, convert, field
from msgspec.json import decode

from probes.errors import ProbeError
from probes.evidence import Reading
from probes.frameworks.gathered import Gathered
from probes.plain_text import clean_line

LONGEST_FILE_BYTES = 16 << 20
DEEPEST = 40
"""Levels of lists and tables; a record has about ten, and every reader goes down them."""


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
    """Return the record in a file, made harmless: a record, or a doctor's document with one in it.

    Raises:
        ProbeError: It is neither; the message says what is wrong in one line.
    """
    from probes.doctor.gate import harmless

    if len(raw) > LONGEST_FILE_BYTES:
        raise ProbeError(f"{name}: longer than {LONGEST_FILE_BYTES >> 20} MiB")
    try:
        document = decode(raw)
        if isinstance(document, dict) and isinstance(document.get("record"), dict):
            document = document["record"]
        if not isinstance(document, dict) or document.get("schema") != "fw-advisor/doctor-record":
            raise ProbeError(f"{name}: not a file of `probe doctor --json`")
        if _deeper_than(document, DEEPEST):
            raise ProbeError(f"{name}: is nested more than {DEEPEST} levels deep")
        return harmless(convert(document, Record))
    except (ValidationError, DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ProbeError(f"{name}: {clean_line(str(error))}") from None


def _deeper_than(document: Any, levels: int) -> bool:
    """Whether lists and tables are nested too deeply; found out without going down them."""
    level: list[Any] = [document]
    for _ in range(levels):
        inner = (one.values() if isinstance(one, dict) else one for one in level)
        level = [item for one in inner for item in one if isinstance(item, dict | list)]
        if not level:
            return False
    return True
