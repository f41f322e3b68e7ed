"""Google TPUs, by their PCI ids, device nodes and variables only.

Opening libtpu takes an exclusive lock and can disturb a running job, so detection never does it.
Ids and nodes of each generation come from the snapshot of the knowledge base, read only where a
device of Google's is on the bus; v2 and v3 share an id and are told apart by their subsystem.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from probes.evidence import Reading, absent, found, unknown
from probes.machine.device_nodes import may_open
from probes.machine.files import below, folder_names, read_line
from probes.machine.pci import BUS, PciDevice, devices
from probes.machine.sanitise import plain

if TYPE_CHECKING:
    from probes.frameworks.builds import Chip

FACTS = ("tpu",)
_GOOGLE = 0x1AE0
_LOCK_FILE = "/tmp/libtpu_lockfile"
_MOST_HOLDERS = 16


def look(root: Path, permitted: Callable[[Path], bool] = may_open) -> dict[str, Reading]:
    """Return the reading ``tpu``: generation, chips, nodes, whether they may be opened,
    and the processes that have one open."""
    everything = devices(root)
    if everything is None:
        return {"tpu": unknown(BUS, "this system has no PCI in sysfs")}
    known = [chips for one in everything if one.vendor_id == _GOOGLE and (chips := chips_of(one))]
    if not known:
        return {"tpu": absent(BUS, "no TPU on the bus")}
    (generation, count), *_ = Counter(map(generation_of, known)).most_common(1)
    node = next(chips[0].node for chips in known if generation_of(chips) == generation)
    nodes = _nodes(root, node or "")
    value = {
        "generation": generation,
        "chips": count,
        "nodes": nodes,
        "permitted": all(permitted(below(root, node)) for node in nodes) if nodes else None,
        "processes": _holders(root, nodes),
        "lock_file": below(root, _LOCK_FILE).exists(),
    }
    return {"tpu": found(value, BUS)}


def chips_of(device: PciDevice) -> tuple[Chip, ...]:
    """Return the chips that a device can be; several where only a subsystem would tell."""
    from probes.frameworks.builds import published

    alike = tuple(
        chip
        for chip in published().chips
        if chip.vendor == "google" and _number(chip.pci_device) == device.device_id
    )
    exact = tuple(one for one in alike if _number(one.pci_subsystem) == device.subsystem_id)
    return exact if exact and device.subsystem_id is not None else alike


def generation_of(chips: tuple[Chip, ...]) -> str:
    """Return ``v5e``, or ``v2 or v3`` where it is not known which."""
    return " or ".join(chip.names[0].removeprefix("TPU ") for chip in chips)


def _number(text: str | None) -> int | None:
    return int(text, 16) if text else None


def _nodes(root: Path, node: str) -> list[str]:
    """Return the device nodes: /dev/accelN up to v4, /dev/vfio/N from v5e on."""
    folder, _, beginning = node.rpartition("/")
    names = folder_names(root, folder) or []
    return [f"{folder}/{name}" for name in names if re.fullmatch(rf"{beginning}\d+", name)]


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
