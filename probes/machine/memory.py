"""Memory: what the machine has, what this process is allowed, what is free for it now."""

from __future__ import annotations

import platform
from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine.cgroup_memory import MemoryLimit, memory_limit, swap_limit
from probes.machine.files import read_text
from probes.machine.plausible import amount

FACTS = (
    "memory-total-bytes",
    "memory-limit-bytes",
    "memory-available-bytes",
    "swap-bytes",
    "swap-limit-bytes",
)
_SOURCE = "/proc/meminfo"


def look(root: Path) -> dict[str, Reading]:
    """Return the readings named in :data:`FACTS`, in bytes; raises ``OSError`` without /proc."""
    text = read_text(root, _SOURCE)
    if text is None:
        if platform.system() != "Linux":
            return _portable()
        raise OSError(f"{_SOURCE} cannot be read")
    table = _parse(text)
    total = _entry(table, "MemTotal", lowest=1)
    limit = memory_limit(root)
    if limit is not None and total.available and limit.limit >= total.number():
        limit = None
    return {
        "memory-total-bytes": total,
        "memory-limit-bytes": (
            found(limit.limit, limit.source)
            if limit
            else absent("cgroup", "no limit below the machine's memory is set")
        ),
        "memory-available-bytes": _available(_entry(table, "MemAvailable"), limit),
        "swap-bytes": _entry(table, "SwapTotal"),
        "swap-limit-bytes": _swap_limit(root),
    }


def _available(machine: Reading, limit: MemoryLimit | None) -> Reading:
    """Return the smaller of what the machine has free and what the limit leaves."""
    if limit is None or limit.used is None:
        return machine
    left = max(0, min(limit.limit, limit.limit - limit.used + limit.reclaimable))
    if not machine.available or left < machine.number():
        return found(left, limit.source, "what the memory limit leaves")
    return machine


def _swap_limit(root: Path) -> Reading:
    limit = swap_limit(root)
    if limit is None:
        return absent("cgroup", "no swap limit is set")
    return found(limit[0], limit[1])


def _parse(text: str) -> dict[str, int]:
    table: dict[str, int] = {}
    for line in text.splitlines():
        key, _, value = line.partition(":")
        words = value.split()
        number = amount(words[0]) if words else None
        if number is not None:
            table[key] = number * (1024 if words[1:] == ["kB"] else 1)
    return table


def _entry(table: dict[str, int], name: str, lowest: int = 0) -> Reading:
    number = table.get(name)
    if number is None or number < lowest:
        return unknown(_SOURCE, f"has no {name}")
    return found(number, _SOURCE)


def _portable() -> dict[str, Reading]:
    import psutil

    memory, swap = psutil.virtual_memory(), psutil.swap_memory()
    nothing = absent(platform.system(), "this system has no control groups")
    return {
        "memory-total-bytes": found(int(memory.total), "psutil"),
        "memory-limit-bytes": nothing,
        "memory-available-bytes": found(int(memory.available), "psutil"),
        "swap-bytes": found(int(swap.total), "psutil"),
        "swap-limit-bytes": nothing,
    }
