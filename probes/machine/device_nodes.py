"""Device nodes of accelerators, and whether this user may open them.

"Permission denied" on a node looks to both frameworks like a missing card; the group that owns the
node is the whole fix. Must only ask for permission, never open: opening can wake or lock a device.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from probes.evidence import Reading, absent, found
from probes.machine.files import below

FACTS = ("device-nodes",)
_PATTERNS = (
    "nvidiactl",
    "nvidia-uvm",
    "nvidia[0-9]*",
    "kfd",
    "dxg",
    "dri/renderD*",
    "accel[0-9]*",
    "vfio/[0-9]*",
)


def may_open(path: Path) -> bool:
    """Whether this user may read and write the node."""
    return os.access(path, os.R_OK | os.W_OK)


def look(root: Path, permitted: Callable[[Path], bool] = may_open) -> dict[str, Reading]:
    """Return the reading ``device-nodes``: path, permitted, owning group of each node."""
    folder = below(root, "/dev")
    nodes = [node for pattern in _PATTERNS for node in sorted(folder.glob(pattern))]
    if not nodes:
        return {"device-nodes": absent("/dev", "no device node of an accelerator")}
    rows = [
        {
            "path": "/" + str(node.relative_to(root)),
            "permitted": permitted(node),
            "group": _group(node),
        }
        for node in nodes
    ]
    return {"device-nodes": found(list(rows), "/dev")}


def _group(node: Path) -> str | None:
    try:
        return node.group()
    except (OSError, KeyError, NotImplementedError):
        return None
