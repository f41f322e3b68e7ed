"""The graphics of a Mac, by ``system_profiler``, else by the name of the processor.

The program can take longer than the look may: then Apple's own chips are still known by name.
"""

from __future__ import annotations

import platform
import re
from pathlib import Path
from typing import Any, cast

from msgspec import DecodeError, to_builtins
from msgspec.json import decode

from probes.evidence import Reading, absent, found, unknown
from probes.machine.gpu import Gpu, Vendor
from probes.machine.plausible import capacity, whole
from probes.machine.programs import ask_program, find_program
from probes.machine.sanitise import plain

FACTS = ("apple-gpus",)
_SOURCE = "system_profiler"
_COMMAND = ("SPDisplaysDataType", "-json")
_LIMIT_SECONDS = 1.4
_UNITS = {"MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
_MOST_CARDS = 16
_VENDORS = (
    ("apple", "apple"),
    ("amd", "amd"),
    ("ati", "amd"),
    ("radeon", "amd"),
    ("intel", "intel"),
    ("nvidia", "nvidia"),
)


def look(root: Path) -> dict[str, Reading]:
    """Return ``apple-gpus``: every card of this Mac, also those of other vendors in older ones."""
    if platform.system() != "Darwin":
        return {"apple-gpus": absent("platform", "not a Mac")}
    program = find_program(root, "system_profiler", "/usr/sbin/system_profiler")
    if program is None:
        return {"apple-gpus": unknown(_SOURCE, "there is no such program")}
    answer = ask_program([program, *_COMMAND], _LIMIT_SECONDS)
    if answer.problem:
        return {"apple-gpus": _by_processor(root, answer.problem)}
    return {"apple-gpus": interpret(answer.text)}


def interpret(text: str) -> Reading:
    """Return the cards from the program's JSON. Pure."""
    try:
        document = decode(text.encode("utf-8", "replace"))
    except (DecodeError, RecursionError, UnicodeDecodeError):
        return unknown(_SOURCE, f"answered in an unknown form: {plain(text)}")
    rows = document.get("SPDisplaysDataType") if isinstance(document, dict) else None
    if not isinstance(rows, list):
        return unknown(_SOURCE, "says nothing of graphics")
    cards = [_card(row) for row in rows[:_MOST_CARDS] if isinstance(row, dict)]
    known = [to_builtins(card) for card in cards if card is not None]
    return found(known, _SOURCE) if known else absent(_SOURCE, "lists no graphics card")


def _card(row: dict[str, Any]) -> Gpu | None:
    name = plain(str(row.get("sppci_model") or row.get("_name") or ""))
    vendor = _vendor(f"{row.get('spdisplays_vendor', '')} {name}".lower())
    if not name or vendor is None:
        return None
    metal = re.search(r"metal(\d{1,2})", str(row.get("spdisplays_mtlgpufamilysupport", "")))
    return Gpu(
        vendor=cast(Vendor, vendor),
        name=name,
        # Apple's chips have no memory of their own; what a shared card may borrow is not its own.
        memory_total_bytes=None if vendor == "apple" else _size(row.get("spdisplays_vram")),
        unified_memory=vendor == "apple" or "spdisplays_vram_shared" in row,
        metal=metal[1] if metal else None,
        cores=whole(str(row.get("sppci_cores", "")), 1, 4096),
    )


def _vendor(words: str) -> str | None:
    for word, vendor in _VENDORS:
        if re.search(rf"(?<![a-z]){word}(?![a-z])", words):
            return vendor
    return None


def _size(words: object) -> int | None:
    match = re.fullmatch(r"(\d{1,6}) ([MGT]B)", str(words or "").strip())
    return capacity(int(match[1]) * _UNITS[match[2]]) if match else None


def _by_processor(root: Path, problem: str) -> Reading:
    program = find_program(root, "sysctl", "/usr/sbin/sysctl")
    name = ""
    if program is not None:
        name = plain(ask_program([program, "-n", "machdep.cpu.brand_string"], 0.3).text)
    if not name.startswith("Apple "):
        return unknown(_SOURCE, problem)
    card = Gpu(vendor="apple", name=name, unified_memory=True)
    return found([to_builtins(card)], "sysctl", f"{_SOURCE}: {problem}")
