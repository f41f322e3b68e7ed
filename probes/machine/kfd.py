"""AMD's compute driver in sysfs: which target each card compiles for, its memory, its processes.

A card that amdgpu drives and KFD does not list cannot compute with ROCm.
Source: kernel, drivers/gpu/drm/amd/amdkfd/kfd_topology.c (node properties, memory banks) and
kfd_process.c (vram_<gpu id> of each process).
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from probes.machine.files import folder_names, read_integer, read_line, read_table
from probes.machine.gpu import GpuProcess
from probes.machine.plausible import amount, capacity, whole
from probes.machine.sanitise import plain

NODES = "/sys/class/kfd/kfd/topology/nodes"
_PROCESSES = "/sys/class/kfd/kfd/proc"
_OWN_MEMORY = ("1", "2")  # heap types: frame buffer that the processor sees, and that it does not
_MOST_PROCESSES = 64
# Targets that exist inside processors only (LLVM, "User Guide for AMDGPU Backend", column APU).
_INSIDE_PROCESSORS = frozenset(
    (
        *("gfx902", "gfx909", "gfx90c", "gfx1013", "gfx1033", "gfx1035", "gfx1036"),
        *("gfx1103", "gfx1150", "gfx1151", "gfx1152"),
    )
)


class KfdNode(Struct, frozen=True):
    """One card as KFD lists it."""

    gpu_id: int
    gfx_target: str | None
    memory_total_bytes: int | None
    inside_processor: bool
    """Whether it is part of a processor and works in the machine's memory."""


def nodes_by_address(root: Path) -> dict[str, KfdNode]:
    """Return the cards by PCI address; empty without the driver."""
    answer: dict[str, KfdNode] = {}
    for name in folder_names(root, NODES) or []:
        place = f"{NODES}/{name}"
        properties = read_table(root, f"{place}/properties")
        gpu_id = whole(read_integer(root, f"{place}/gpu_id"), 1, 1 << 32)
        address = _address(properties)
        if gpu_id is None or address is None:
            continue
        target = gfx_target(properties.get("gfx_target_version", ""))
        answer[address] = KfdNode(
            gpu_id=gpu_id,
            gfx_target=target,
            memory_total_bytes=_memory(root, place),
            inside_processor=target in _INSIDE_PROCESSORS
            # Only the oldest of them share one node with the cores.
            or whole(properties.get("cpu_cores_count"), 1, 1 << 16) is not None,
        )
    return answer


def gfx_target(version: str) -> str | None:
    """Return ``gfx90a`` for ``90010``: major, minor and step, the last two in hexadecimal."""
    number = whole(version, 1, 99_99_99)
    if number is None:
        return None
    return f"gfx{number // 10_000}{number // 100 % 100:x}{number % 100:x}"


def processes(root: Path, gpu_id: int) -> list[GpuProcess] | None:
    """Return other processes that hold memory of the card, or ``None`` if KFD does not tell."""
    names = folder_names(root, _PROCESSES)
    if names is None:
        return None
    answer: list[GpuProcess] = []
    for name in names:
        pid = whole(name, 1, 1 << 31)
        used = amount(read_integer(root, f"{_PROCESSES}/{name}/vram_{gpu_id}"))
        if pid is None or pid == os.getpid() or not used:
            continue
        program = plain(read_line(root, f"/proc/{pid}/comm") or "") or None
        answer.append(GpuProcess(pid=pid, name=program, memory_bytes=used))
    return answer[:_MOST_PROCESSES]


def _address(properties: dict[str, str]) -> str | None:
    location = whole(properties.get("location_id"), 0, 0xFFFF)
    domain = whole(properties.get("domain", "0"), 0, 0xFFFFFFFF)
    if location is None or domain is None:
        return None
    return f"{domain:04x}:{location >> 8:02x}:{location >> 3 & 0x1F:02x}.{location & 7}"


def _memory(root: Path, place: str) -> int | None:
    total = 0
    for name in folder_names(root, f"{place}/mem_banks") or []:
        bank = read_table(root, f"{place}/mem_banks/{name}/properties")
        if bank.get("heap_type") in _OWN_MEMORY:
            total += amount(bank.get("size_in_bytes")) or 0
    return capacity(total)
