"""Google TPUs, by their PCI ids only.

Opening libtpu takes an exclusive lock and can disturb a running job, so detection never does it.
Device ids as in google/cloud-accelerator-diagnostics (tpu-info); 0x0027 is v2 or v3, told apart
by the subsystem id there.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine.pci import PciDevice, devices

FACTS = ("tpu",)
_GOOGLE = 0x1AE0
_GENERATIONS = {0x005E: "v4", 0x0062: "v5p", 0x0063: "v5e", 0x006F: "v6e", 0x0076: "v7x"}
_SECOND_OR_THIRD = 0x0027
_BY_SUBSYSTEM = {0x004E: "v2", 0x004F: "v3"}
_SOURCE = "/sys/bus/pci/devices"


def look(root: Path) -> dict[str, Reading]:
    """Return the reading ``tpu``: generation and number of chips."""
    everything = devices(root)
    if everything is None:
        return {"tpu": unknown(_SOURCE, "this system has no PCI in sysfs")}
    chips = Counter(
        generation
        for device in everything
        if device.vendor_id == _GOOGLE and (generation := _generation(device))
    )
    if not chips:
        return {"tpu": absent(_SOURCE, "no TPU on the bus")}
    generation, count = chips.most_common(1)[0]
    return {"tpu": found({"generation": generation, "chips": count}, _SOURCE)}


def _generation(device: PciDevice) -> str | None:
    if device.device_id == _SECOND_OR_THIRD:
        return _BY_SUBSYSTEM.get(device.subsystem_id or 0, "v2 or v3")
    return _GENERATIONS.get(device.device_id)
