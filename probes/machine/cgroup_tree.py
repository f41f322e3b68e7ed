"""Finds the control groups of this process in the file system, v1, v2 and both at once.

Every ancestor group counts, so each search walks up to the mount point.
Sources: kernel documentation, admin-guide/cgroup-v1/ and cgroup-v2.rst; proc(5) for mountinfo.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from probes.machine.files import read_text

# A path of /proc can be 4096 characters long; more than this many groups are not nested anywhere.
_MOST_ANCESTORS = 128


class Controller(Struct, frozen=True):
    """Where one controller of this process is found in the file system."""

    version: int
    mount_point: str
    directory: str
    """Absolute path of this process's own group, below ``mount_point``."""


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


def ancestors(controller: Controller) -> Iterator[str]:
    """Yield the own group's directory, then each one above it, up to the mount point."""
    directory = PurePosixPath(controller.directory)
    top = PurePosixPath(controller.mount_point)
    for _ in range(_MOST_ANCESTORS):
        yield str(directory)
        if directory == top or directory == directory.parent:
            return
        directory = directory.parent


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
