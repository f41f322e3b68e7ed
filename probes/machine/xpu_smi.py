"""Intel's ``xpu-smi``, where it is installed: names and memory that sysfs does not have.

Source: intel.github.io/xpumanager, "discovery" (read 2026-11-20). Free text of a foreign program:
anything unexpected is no answer.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Struct
from msgspec.json import decode

from probes.machine.plausible import capacity
from probes.machine.programs import ask_program, find_program
from probes.machine.sanitise import plain

_LIMIT_SECONDS = 1.2
_MOST_CARDS = 16


class XpuCard(Struct, frozen=True):
    """What the program says of one card."""

    name: str
    memory_total_bytes: int | None
    uuid: str | None
    driver: str | None


def cards_by_address(root: Path, limit_seconds: float = _LIMIT_SECONDS) -> dict[str, XpuCard]:
    """Return the cards by PCI address; empty without the program or without an answer."""
    program = find_program(root, "xpu-smi", "/usr/bin/xpu-smi")
    if program is None:
        return {}
    deadline = time.monotonic() + limit_seconds
    listed = _devices(ask_program([program, "discovery", "-j"], limit_seconds).text)
    answer: dict[str, XpuCard] = {}
    for row in listed[:_MOST_CARDS]:
        left = deadline - time.monotonic()
        if "memory_physical_size_byte" not in row and left > 0.05:
            # The list has names only; memory stands in the description of each card.
            command = [program, "discovery", "-d", plain(str(row.get("device_id", 0))), "-j"]
            more = _devices(ask_program(command, left).text)
            row = {**row, **more[0]} if more else row
        address = plain(str(row.get("pci_bdf_address", ""))).lower()
        if address:
            answer[address] = _card(row)
    return answer


def _devices(text: str) -> list[dict[str, Any]]:
    """Return the rows of a document: a list below ``device_list``, or one card by itself."""
    try:
        document = decode(text.encode("utf-8", "replace"))
    except (DecodeError, RecursionError, UnicodeDecodeError):
        return []
    rows = document.get("device_list", [document]) if isinstance(document, dict) else []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _card(row: dict[str, Any]) -> XpuCard:
    return XpuCard(
        name=plain(str(row.get("device_name", ""))),
        memory_total_bytes=capacity(row.get("memory_physical_size_byte")),
        uuid=plain(str(row.get("uuid") or "")) or None,
        driver=plain(str(row.get("driver_version") or "")) or None,
    )
