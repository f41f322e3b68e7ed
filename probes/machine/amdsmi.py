"""What AMD's module ``amdsmi`` adds to sysfs, where it is installed: throttling and processes.

It runs in a child with a limit on its time. Without an AMD card on the bus, and without the module
of that very distribution, nothing is started.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from probes.evidence import Reading, absent, found, unknown
from probes.machine.gpu import GpuProcess
from probes.machine.nvml_processes import program_name
from probes.machine.pci import devices, is_graphics_card
from probes.machine.plausible import amount, capacity, temperature, whole
from probes.machine.sanitise import plain
from probes.processes import ChildResult, run_child

FACTS = ("amd-smi",)
DISTRIBUTION = "amdsmi"
_LIMIT_SECONDS = 1.5
_MEBIBYTE = 1 << 20
_MOST_PROCESSES = 64
# What holds the clocks down now (violation status of ROCm 6.3 and later).
_VIOLATIONS = {
    "active_ppt_pwr": "power-limit",
    "active_socket_thrm": "socket-thermal-slowdown",
    "active_hbm_thrm": "memory-thermal-slowdown",
    "active_vr_thrm": "voltage-regulator-thermal-slowdown",
    "active_prochot_thrm": "external-thermal-signal",
}


def look(
    root: Path,
    installed: Callable[[], bool] | None = None,
    limit_seconds: float = _LIMIT_SECONDS,
) -> dict[str, Reading]:
    """Return ``amd-smi``: PCI address → what the module says of the card."""
    if not any(is_graphics_card(device, "amd") for device in devices(root) or []):
        return {"amd-smi": absent("bus", "no AMD card on the bus")}
    if not (installed or is_installed)():
        return {"amd-smi": absent(DISTRIBUTION, "the module is not installed")}
    result = run_child(
        sys.executable, "probes.machine.amdsmi_child", {}, limit_seconds=limit_seconds
    )
    return {"amd-smi": interpret(result)}


def is_installed() -> bool:
    """Whether the module is there and belongs to AMD's distribution; it is not imported."""
    try:
        specification = importlib.util.find_spec(DISTRIBUTION)
        distribution = importlib.metadata.distribution(DISTRIBUTION)
        expected = Path(str(distribution.locate_file(f"{DISTRIBUTION}/__init__.py")))
        return specification is not None and expected.samefile(specification.origin or "")
    except (ImportError, ValueError, OSError):
        return False


def interpret(result: ChildResult) -> Reading:
    """Return the cards from the lines of the child, as far as they are plausible. Pure."""
    cards = {
        address: card
        for line in result.lines
        if (address := plain(str(line.get("address") or "")).lower())
        and (card := _card(line)) != {}
    }
    if cards:
        return found(dict(cards), DISTRIBUTION)
    problem = next((str(line["problem"]) for line in result.lines if line.get("problem")), "")
    return unknown(DISTRIBUTION, problem or f"says nothing; its process {result.ending}")


def with_told(card: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Return a card of sysfs with what only the module knows; sysfs goes first where both do."""
    return {**card, **{key: value for key, value in told.items() if card.get(key) is None}}


def _card(line: dict[str, Any]) -> dict[str, Any]:
    total, used = _mebibytes(line, "vram_total"), _mebibytes(line, "vram_used")
    degrees = line.get("temperature")
    if isinstance(degrees, int) and abs(degrees) > 1000:
        degrees //= 1000  # versions differ in the unit
    facts = {
        "memory_total_bytes": capacity(total),
        "memory_free_bytes": max(0, total - used) if total and used is not None else None,
        "temperature_celsius": temperature(degrees),
        "throttling": _throttling(line),
        "processes": _processes(line.get("processes")),
    }
    return {key: value for key, value in facts.items() if value is not None}


def _mebibytes(line: dict[str, Any], field: str) -> int | None:
    memory = line.get("memory")
    number = whole(memory.get(field) if isinstance(memory, dict) else None, 0, 1 << 32)
    return None if number is None else number * _MEBIBYTE


def _throttling(line: dict[str, Any]) -> list[str] | None:
    """Return why the clocks are held down; ``None`` if neither source tells."""
    violations = line.get("violations")
    if isinstance(violations, dict):
        known = {name: violations.get(name) for name in _VIOLATIONS}
        if any(isinstance(state, bool) for state in known.values()):
            return [word for name, word in _VIOLATIONS.items() if known[name] is True]
    metrics = line.get("throttled")
    state = metrics.get("throttle_status") if isinstance(metrics, dict) else None
    return ["for-a-reason-not-told"] * state if isinstance(state, bool) else None


def _processes(rows: Any) -> list[Any] | None:
    if not isinstance(rows, list):
        return None
    answer: list[GpuProcess] = []
    for row in rows:
        pid = whole(row.get("pid"), 1, (1 << 31) - 1) if isinstance(row, dict) else None
        if pid is None or pid == os.getpid():
            continue
        name = str(row.get("name") or "")
        used = row.get("memory_usage")
        memory = used.get("vram_mem") if isinstance(used, dict) else row.get("mem")
        shown = None if name in ("", "N/A") else program_name(plain(name))
        answer.append(GpuProcess(pid=pid, name=shown, memory_bytes=amount(memory)))
    largest = sorted(answer, key=lambda one: -(one.memory_bytes or 0))[:_MOST_PROCESSES]
    return [to_builtins(one) for one in largest]
