"""Limits that a container or job sets on this process: processors, memory and swap, v1 and v2.

A tool that looks only at the machine overestimates what a container may use by one or two orders
of magnitude. The tightest of all ancestor groups counts.
"""

from __future__ import annotations

from pathlib import Path

from probes.evidence import Reading, absent, found
from probes.machine.cgroup_memory import memory_limit, swap_limit
from probes.machine.cgroup_tree import ancestors, find_controller
from probes.machine.files import parse_index_list, read_line, read_table, read_text
from probes.machine.plausible import whole

FACTS = ("cgroup",)


def look(root: Path) -> dict[str, Reading]:
    """Return the reading ``cgroup``: version and every limit that is set."""
    controllers = {name: find_controller(root, name) for name in ("cpu", "cpuset", "memory")}
    versions = {one.version for one in controllers.values() if one is not None}
    if not versions:
        return {"cgroup": absent("/proc/self/cgroup", "no control group of this process is shown")}
    quota, memory, swap = cpu_quota(root), memory_limit(root), swap_limit(root)
    processors = allowed_processors(root)
    value = {
        "version": max(versions) if len(versions) == 1 else "both",
        "cpu_quota": None if quota is None else round(quota[0], 3),
        "cpuset": None if processors is None else processors[0],
        "memory_limit_bytes": None if memory is None else memory.limit,
        "memory_used_bytes": None if memory is None else memory.used,
        "swap_limit_bytes": None if swap is None else swap[0],
    }
    return {"cgroup": found(value, "/proc/self/cgroup")}


def cpu_quota(root: Path) -> tuple[float, str] | None:
    """Return the tightest quota in processors (1.5 = one and a half) and its file, or ``None``."""
    controller = find_controller(root, "cpu")
    if controller is None:
        return None
    quotas: list[tuple[float, str]] = []
    for directory in ancestors(controller):
        if controller.version == 2:
            source = f"{directory}/cpu.max"
            words = (read_text(root, source) or "").split()
            quota, period = (words[0], words[1]) if len(words) == 2 else ("max", "0")
        else:
            source = f"{directory}/cpu.cfs_quota_us"
            quota = read_text(root, source) or "-1"
            period = read_text(root, f"{directory}/cpu.cfs_period_us") or "0"
        microseconds, of = whole(quota, 1, 1 << 53), whole(period, 1, 1 << 53)
        if microseconds is not None and of is not None:
            quotas.append((microseconds / of, source))
    return min(quotas, default=None)


def allowed_processors(root: Path) -> tuple[str, str] | None:
    """Return the processors of this process's cpuset, as the kernel writes them, and the file."""
    controller = find_controller(root, "cpuset")
    if controller is None:
        return None
    names = (
        ("cpuset.cpus.effective",)
        if controller.version == 2
        else ("cpuset.effective_cpus", "cpuset.cpus")
    )
    for name in names:
        text = read_line(root, f"{controller.directory}/{name}")
        if text and parse_index_list(text):
            return text, f"{controller.directory}/{name}"
    return None


def throttled_seconds(root: Path) -> float | None:
    """Return how long this group has been stopped by its quota since it was made."""
    controller = find_controller(root, "cpu")
    if controller is None or read_text(root, f"{controller.directory}/cpu.stat") is None:
        return None
    statistics = read_table(root, f"{controller.directory}/cpu.stat")
    if controller.version == 2:
        return (whole(statistics.get("throttled_usec"), 0, 1 << 62) or 0) / 1e6
    return (whole(statistics.get("throttled_time"), 0, 1 << 62) or 0) / 1e9
