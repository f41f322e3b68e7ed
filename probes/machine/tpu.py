"""Google TPUs, by their PCI ids, device nodes and variables only.

Opening libtpu takes an exclusive lock and can disturb a running job, so detection never does it.
Device ids and nodes as in google/cloud-accelerator-diagnostics, tpu_info/device.py (read
2026-11-20); 0x0027 is v2 or v3, told apart by the subsystem id there.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine.device_nodes import may_open
from probes.machine.files import below, folder_names, read_line
from probes.machine.pci import BUS, PciDevice, devices
from probes.machine.sanitise import plain

FACTS = ("tpu",)
_GOOGLE = 0x1AE0
_GENERATIONS = {0x005E: "v4", 0x0062: "v5p", 0x0063: "v5e", 0x006F: "v6e", 0x0076: "v7x"}
_SECOND_OR_THIRD = 0x0027
_BY_SUBSYSTEM = {0x004E: "v2", 0x004F: "v3"}
_ACCEL_NODES = ("v2", "v3", "v2 or v3", "v4")
_LOCK_FILE = "/tmp/libtpu_lockfile"
_MOST_HOLDERS = 16


def look(root: Path, permitted: Callable[[Path], bool] = may_open) -> dict[str, Reading]:
    """Return the reading ``tpu``: generation, chips, nodes, whether they may be opened,
    and the processes that have one open."""
    everything = devices(root)
    if everything is None:
        return {"tpu": unknown(BUS, "this system has no PCI in sysfs")}
    chips = Counter(
        generation
        for device in everything
        if device.vendor_id == _GOOGLE and (generation := _generation(device))
    )
    if not chips:
        return {"tpu": absent(BUS, "no TPU on the bus")}
    generation, count = chips.most_common(1)[0]
    nodes = _nodes(root, generation)
    value = {
        "generation": generation,
        "chips": count,
        "nodes": nodes,
        "permitted": all(permitted(below(root, node)) for node in nodes) if nodes else None,
        "processes": _holders(root, nodes),
        "lock_file": below(root, _LOCK_FILE).exists(),
    }
    return {"tpu": found(value, BUS)}


def _generation(device: PciDevice) -> str | None:
    if device.device_id == _SECOND_OR_THIRD:
        return _BY_SUBSYSTEM.get(device.subsystem_id or 0, "v2 or v3")
    return _GENERATIONS.get(device.device_id)


def _nodes(root: Path, generation: str) -> list[str]:
    """Return the device nodes: /dev/accelN up to v4, /dev/vfio/N from v5e on."""
    if generation in _ACCEL_NODES:
        names = folder_names(root, "/dev") or []
        return [f"/dev/{name}" for name in names if re.fullmatch(r"accel\d+", name)]
    names = folder_names(root, "/dev/vfio") or []
    return [f"/dev/vfio/{name}" for name in names if re.fullmatch(r"\d+", name)]


def _holders(root: Path, nodes: list[str]) -> list[dict[str, object]]:
    """Return processes that have a node open, as far as this user may see."""
    answer: list[dict[str, object]] = []
    if not nodes:
        return answer
    for pid in folder_names(root, "/proc") or []:
        if pid.isdecimal() and len(answer) < _MOST_HOLDERS and _holds(root, pid, set(nodes)):
            name = plain(read_line(root, f"/proc/{pid}/comm") or "") or None
            answer.append({"pid": int(pid), "name": name})
    return answer


def _holds(root: Path, pid: str, nodes: set[str]) -> bool:
    folder = below(root, f"/proc/{pid}/fd")
    for descriptor in folder_names(root, f"/proc/{pid}/fd") or []:
        try:
            target = os.readlink(folder / descriptor)  # noqa: PTH115 - pathlib has no plain text
        except OSError:
            continue
        if target in nodes:
            return True
    return False
