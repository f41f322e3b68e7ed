"""Device nodes of accelerators, and whether this user may open them.

"Permission denied" on a node looks to both frameworks like a missing card; the group that owns the
node is the whole fix. Must only ask for permission, never open: opening can wake or lock a device.
"""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Callable
from pathlib import Path

from probes.evidence import Reading, absent, found
from probes.machine.files import below
from probes.machine.sanitise import plain

FACTS = ("device-nodes",)
_PATTERNS = (
    ("nvidia", "nvidiactl"),
    ("nvidia", "nvidia-uvm"),
    ("nvidia", "nvidia-modeset"),
    ("nvidia", "nvidia[0-9]*"),
    ("nvidia", "nvidia-caps/nvidia-cap[0-9]*"),
    ("nvidia", "nvgpu/igpu0/*"),
    ("amd", "kfd"),
    ("wsl", "dxg"),
    ("any", "dri/renderD*"),
    ("any", "accel[0-9]*"),
    ("any", "accel/accel[0-9]*"),
    ("any", "vfio/[0-9]*"),
)
_MOST_PER_PATTERN = 64


def may_open(path: Path) -> bool:
    """Whether this user may read and write the node."""
    return os.access(path, os.R_OK | os.W_OK)


def look(root: Path, permitted: Callable[[Path], bool] = may_open) -> dict[str, Reading]:
    """Return the reading ``device-nodes``: path, vendor, permission, mode and group of each."""
    folder = below(root, "/dev")
    rows = [
        _row(root, vendor, node, permitted)
        for vendor, pattern in _PATTERNS
        for node in itertools.islice(sorted(folder.glob(pattern)), _MOST_PER_PATTERN)
    ]
    if not rows:
        return {"device-nodes": absent("/dev", "no device node of an accelerator")}
    return {"device-nodes": found(list(rows), "/dev")}


def _row(
    root: Path, vendor: str, node: Path, permitted: Callable[[Path], bool]
) -> dict[str, object]:
    try:
        status = node.stat()
        mode, group_id = stat.filemode(status.st_mode), status.st_gid
    except OSError:
        mode, group_id = None, None
    return {
        "path": "/" + str(node.relative_to(root)),
        "vendor": vendor,
        "permitted": permitted(node),
        "group": _group(node),
        "mode": mode,
        "member": group_id in (os.getegid(), *os.getgroups()) if group_id is not None else None,
    }


def _group(node: Path) -> str | None:
    """Return the owning group, by number if it has no name in this container."""
    try:
        return plain(node.group())
    except KeyError:
        return str(node.stat().st_gid)
    except (OSError, NotImplementedError):
        return None
