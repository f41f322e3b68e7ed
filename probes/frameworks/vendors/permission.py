"""Device nodes that this user may not open, and the group that may."""

from __future__ import annotations

from typing import Any

from probes.frameworks.machine import Machine


def forbidden_node(machine: Machine, *parts: str) -> dict[str, Any] | None:
    """Return path and group of the first forbidden node whose path holds one of ``parts``."""
    for node in machine.nodes:
        path = str(node.get("path"))
        if node.get("permitted") is False and any(part in path for part in parts):
            return {"path": path, "group": str(node.get("group") or "video")}
    return None
