"""Limits that a container or job sets on this process: processor quota and memory, v1 and v2.

A tool that looks only at the machine overestimates what a container may use by one or two orders
of magnitude. Every ancestor group counts, so each search walks up to the mount point.
Sources: kernel documentation, admin-guide/cgroup-v1/ and cgroup-v2.rst; proc(5) for mountinfo.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from probes.machine.files import read_integer, read_text

# v1 writes "no limit" as the largest page-aligned number; nothing real comes near it.
_NO_LIMIT_BYTES = 1 << 60


class Controller(Struct, frozen=True):
    """Where one controller of this process is found in the file system."""

    version: int
    mount_point: str
    directory: str
    """Absolute path of this process's own group, below ``mount_point``."""


class MemoryLimit(Struct, frozen=True):
    """The tightest memory limit and what its group uses; bytes."""

    limit: int
    used: int | None
    reclaimable: int
    source: str


def find_controller(root: Path, name: str) -> Controller | None:
    """Find the group of this process for ``name`` (cpu, memory, …); a v1 hierarchy comes first."""
    groups = list(_own_groups(root))
    mounts = list(_mounts(root))
    for hierarchy, controllers, group in groups:
        if hierarchy != "0" and name in controllers.split(","):
            for kind, mount_root, mount_point, options in mounts:
                if kind == "cgroup" and name in options.split(","):
                    return Controller(1, mount_point, _place(group, mount_root, mount_point))
    for hierarchy, _, group in groups:
        if hierarchy == "0":
            for kind, mount_root, mount_point, _ in mounts:
                if kind == "cgroup2" and _has_controller(root, mount_point, name):
                    return Controller(2, mount_point, _place(group, mount_root, mount_point))
    return None


def cpu_quota(root: Path) -> tuple[float, str] | None:
    """Return the tightest quota in processors (1.5 = one and a half) and its file, or ``None``."""
    controller = find_controller(root, "cpu")
    if controller is None:
        return None
    quotas: list[tuple[float, str]] = []
    for directory in _ancestors(controller):
        if controller.version == 2:
            source = f"{directory}/cpu.max"
            words = (read_text(root, source) or "").split()
            quota, period = (words[0], words[1]) if len(words) == 2 else ("max", "0")
        else:
            source = f"{directory}/cpu.cfs_quota_us"
            quota = read_text(root, source) or "-1"
            period = read_text(root, f"{directory}/cpu.cfs_period_us") or "0"
        if quota.isdecimal() and period.isdecimal() and int(period) > 0 and int(quota) > 0:
            quotas.append((int(quota) / int(period), source))
    return min(quotas, default=None)


def memory_limit(root: Path) -> MemoryLimit | None:
    """Return the tightest memory limit with the use of the group that sets it, or ``None``."""
    controller = find_controller(root, "memory")
    if controller is None:
        return None
    v2 = controller.version == 2
    limits: list[tuple[int, str]] = []
    for directory in _ancestors(controller):
        name = "memory.max" if v2 else "memory.limit_in_bytes"
        limit = read_integer(root, f"{directory}/{name}")
        if limit is not None and 0 < limit < _NO_LIMIT_BYTES:
            limits.append((limit, directory))
    if not limits:
        return None
    limit, directory = min(limits)
    used = read_integer(root, f"{directory}/{'memory.current' if v2 else 'memory.usage_in_bytes'}")
    statistics = read_text(root, f"{directory}/memory.stat") or ""
    reclaimable = _statistic(statistics, "inactive_file" if v2 else "total_inactive_file")
    source = f"{directory}/{'memory.max' if v2 else 'memory.limit_in_bytes'}"
    return MemoryLimit(limit, used, reclaimable, source)


def throttled_seconds(root: Path) -> float | None:
    """Return how long this group has been stopped by its quota since it was made."""
    controller = find_controller(root, "cpu")
    if controller is None:
        return None
    text = read_text(root, f"{controller.directory}/cpu.stat")
    if text is None:
        return None
    if controller.version == 2:
        return _statistic(text, "throttled_usec") / 1e6
    return _statistic(text, "throttled_time") / 1e9


def _own_groups(root: Path) -> Iterator[tuple[str, str, str]]:
    for line in (read_text(root, "/proc/self/cgroup") or "").splitlines():
        fields = line.split(":", 2)
        if len(fields) == 3:
            yield fields[0], fields[1], fields[2]


def _mounts(root: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield (type, root of the mount, mount point, super options) of every cgroup mount."""
    for line in (read_text(root, "/proc/self/mountinfo") or "").splitlines():
        left, _, right = line.partition(" - ")
        fields, types = left.split(), right.split()
        if len(fields) >= 5 and len(types) >= 3 and types[0] in ("cgroup", "cgroup2"):
            yield types[0], _unescape(fields[3]), _unescape(fields[4]), types[2]


def _unescape(path: str) -> str:
    return path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")


def _has_controller(root: Path, mount_point: str, name: str) -> bool:
    controllers = read_text(root, f"{mount_point}/cgroup.controllers")
    return controllers is not None and name in controllers.split()


def _place(group: str, mount_root: str, mount_point: str) -> str:
    """Translate the group's path into the mount that this process sees."""
    path = PurePosixPath(group)
    if ".." in path.parts:
        # The group lies outside our namespace; only what the mount shows can be read.
        return mount_point
    try:
        inside = path.relative_to(mount_root)
    except ValueError:
        # A container sees its own group as the mount's root while /proc names the host's path.
        return mount_point
    return str(PurePosixPath(mount_point) / inside)


def _ancestors(controller: Controller) -> Iterator[str]:
    directory = PurePosixPath(controller.directory)
    top = PurePosixPath(controller.mount_point)
    while True:
        yield str(directory)
        if directory == top or directory == directory.parent:
            return
        directory = directory.parent


def _statistic(text: str, name: str) -> int:
    for line in text.splitlines():
        key, _, value = line.partition(" ")
        if key == name and value.strip().isdecimal():
            return int(value)
    return 0
