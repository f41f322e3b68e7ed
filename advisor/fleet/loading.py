"""Reads saved probes: a file that cannot be used is named and costs no other file.

A doctor's document (`probe doctor --json`) holds the same facts and verdicts as a probe without a
benchmark; it is read as one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from advisor.documents.fleet import Skipped
from advisor.errors import InputError
from advisor.facts.evidence import LARGEST, read_probe
from probes.document import Framework, ProbeDocument
from probes.evidence import Reading

from .machine import Machine, machine

MOST_FILES = 20_000


class _Record(msgspec.Struct):
    hardware: dict[str, Reading] = {}


class _Doctor(msgspec.Struct):
    schema: Literal["fw-advisor/doctor"]
    tool_version: str
    created: str
    frameworks: dict[str, Framework]
    record: _Record
    simulated: bool = False


class Loaded(msgspec.Struct, frozen=True):
    """What could be read, and what could not."""

    machines: tuple[Machine, ...]
    skipped: tuple[Skipped, ...]


def load(names: Sequence[str]) -> Loaded:
    """Return the machines of files, and of the `*.json` in folders."""
    machines: list[Machine] = []
    skipped: list[Skipped] = []
    for name in files(names):
        try:
            document, simulated = _read(name)
        except InputError as error:
            skipped.append(Skipped(name, str(error).removeprefix(f"{name}: ")))
            continue
        content = hashlib.blake2b(msgspec.json.encode(document), digest_size=16)
        machines.append(machine(name, document, content.digest(), simulated=simulated))
    return Loaded(tuple(machines), tuple(skipped))


def _read(name: str) -> tuple[ProbeDocument, bool]:
    """Return a document, and whether it says that it is simulated."""
    with suppress(OSError, ValueError, RecursionError, msgspec.DecodeError):
        if Path(name).is_file() and Path(name).stat().st_size <= LARGEST:
            found = msgspec.json.decode(Path(name).read_bytes(), type=_Doctor)
            datetime.fromisoformat(found.created)
            document = ProbeDocument(
                tool_version=found.tool_version,
                created=found.created,
                hardware=found.record.hardware,
                frameworks=found.frameworks,
            )
            return document, found.simulated
    return read_probe(name), False


def files(names: Iterable[str]) -> list[str]:
    """Return files with folders opened, each once; InputError if a folder holds no probe."""
    found: list[str] = []
    for name in names:
        if not Path(name).is_dir():
            found.append(name)
            continue
        inside = sorted(str(path) for path in Path(name).glob("*.json"))
        if not inside:
            raise InputError(f"{name}: this folder holds no *.json (expected saved probes)")
        found += inside
    if len(found) > MOST_FILES:
        raise InputError(f"{len(found)} files are too many at once (at most {MOST_FILES})")
    return list(dict.fromkeys(found))
