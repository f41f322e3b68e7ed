"""Reads the recorded and constructed machines of ``fixtures/``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct, convert, field
from msgspec.json import decode

from probes.doctor.record import Record

FOLDER = Path(__file__).with_name("fixtures")


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """What must be said of one framework; ``fix`` is part of its first reason's fix."""

    codes: list[str] = field(default_factory=list)
    verdicts: dict[str, str] = field(default_factory=dict)
    fix: str = ""


class Recorded(Struct, frozen=True, forbid_unknown_fields=True):
    """One machine and what must be said of it."""

    expected: dict[str, Expected]
    record: Record


def names() -> list[str]:
    """Return the names of all fixtures."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def raw(name: str) -> dict[str, Any]:
    """Return a fixture as plain data."""
    content: dict[str, Any] = decode((FOLDER / f"{name}.json").read_bytes())
    return content


def recorded(name: str) -> Recorded:
    """Return a fixture."""
    return convert(raw(name), Recorded)
