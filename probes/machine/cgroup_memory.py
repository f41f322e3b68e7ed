"""Memory and swap that control groups allow this process, v1 and v2; the tightest ancestor counts.

Sources: kernel documentation, admin-guide/cgroup-v1/memory.rst (memsw is memory and swap together)
and admin-guide/cgroup-v2.rst.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from probes.machine.cgroup_tree import Controller, ancestors, find_controller
from probes.machine.files import read_integer, read_table
from probes.machine.plausible import amount, whole

# v1 writes "no limit" as the largest page-aligned number; nothing real comes near it.
_NO_LIMIT_BYTES = 1 << 60
# memory.max kills; memory.high slows a group down until it is unusable. Both are limits to size by.
_MEMORY_LIMITS = {1: ("memory.limit_in_bytes",), 2: ("memory.max", "memory.high")}


class MemoryLimit(Struct, frozen=True):
    """The tightest memory limit and what its group uses; bytes."""

    limit: int
    used: int | None
    reclaimable: int
    source: str


def memory_limit(root: Path) -> MemoryLimit | None:
    """Return the tightest memory limit with the use of the group that sets it, or ``None``."""
    controller = find_controller(root, "memory")
    if controller is None:
        return None
    limits: list[tuple[int, str, str]] = []
    for directory in ancestors(controller):
        for name in _MEMORY_LIMITS[controller.version]:
            limit = read_integer(root, f"{directory}/{name}")
            if limit is not None and 0 < limit < _NO_LIMIT_BYTES:
                limits.append((limit, directory, name))
    limits += _hidden_limit(root, controller)
    if not limits:
        return None
    limit, directory, name = min(limits)
    v2 = controller.version == 2
    used = read_integer(root, f"{directory}/{'memory.current' if v2 else 'memory.usage_in_bytes'}")
    statistics = read_table(root, f"{directory}/memory.stat")
    reclaimable = statistics.get("inactive_file" if v2 else "total_inactive_file")
    return MemoryLimit(limit, amount(used), amount(reclaimable) or 0, f"{directory}/{name}")


def swap_limit(root: Path) -> tuple[int, str] | None:
    """Return the tightest swap limit in bytes and its file, or ``None``."""
    controller = find_controller(root, "memory")
    if controller is None:
        return None
    limits: list[tuple[int, str]] = []
    for directory in ancestors(controller):
        name = "memory.swap.max" if controller.version == 2 else "memory.memsw.limit_in_bytes"
        limit = _set_limit(root, f"{directory}/{name}")
        if limit is not None and controller.version == 1:
            # v1 limits memory and swap together; what memory may not use is left for swap.
            limit = max(0, limit - (_set_limit(root, f"{directory}/memory.limit_in_bytes") or 0))
        if limit is not None:
            limits.append((limit, f"{directory}/{name}"))
    if controller.version == 1:
        limits += _hidden_swap_limit(root, controller)
    return min(limits, default=None)


def _set_limit(root: Path, source: str) -> int | None:
    limit = read_integer(root, source)
    return limit if limit is not None and 0 <= limit < _NO_LIMIT_BYTES else None


def _hidden_limit(root: Path, controller: Controller) -> list[tuple[int, str, str]]:
    """Return the limit of an ancestor that lies above the mount; only v1 tells it."""
    if controller.version != 1:
        return []
    statistics = read_table(root, f"{controller.directory}/memory.stat")
    limit = whole(statistics.get("hierarchical_memory_limit"), 1, _NO_LIMIT_BYTES - 1)
    return [] if limit is None else [(limit, controller.directory, "memory.stat")]


def _hidden_swap_limit(root: Path, controller: Controller) -> list[tuple[int, str]]:
    source = f"{controller.directory}/memory.stat"
    statistics = read_table(root, source)
    both = whole(statistics.get("hierarchical_memsw_limit"), 0, _NO_LIMIT_BYTES - 1)
    memory = whole(statistics.get("hierarchical_memory_limit"), 0, _NO_LIMIT_BYTES - 1)
    return [] if both is None else [(max(0, both - (memory or 0)), source)]
