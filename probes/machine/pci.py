"""Accelerators on the PCI bus, from sysfs, before any driver is asked.

A card that the bus shows and the driver does not is exactly the case users cannot explain.
Must open no device: reading sysfs disturbs nobody.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from probes.evidence import Reading, absent, found, unknown
from probes.machine.files import below, read_integer

FACTS = ("pci-accelerators",)
_BUS = "/sys/bus/pci/devices"
VENDORS = {0x10DE: "nvidia", 0x1002: "amd", 0x8086: "intel", 0x1AE0: "google", 0x1DA3: "habana"}
_DISPLAY, _PROCESSING_ACCELERATOR = 0x03, 0x12


class PciDevice(Struct, frozen=True):
    """One function on the bus."""

    address: str
    vendor_id: int
    device_id: int
    class_id: int
    subsystem_id: int | None


def devices(root: Path) -> list[PciDevice] | None:
    """Return every function of the known vendors, or ``None`` where there is no PCI in sysfs."""
    try:
        folders = sorted(below(root, _BUS).iterdir())
    except OSError:
        return None
    answer: list[PciDevice] = []
    for folder in folders:
        place = f"{_BUS}/{folder.name}"
        vendor = read_integer(root, f"{place}/vendor")
        device = read_integer(root, f"{place}/device")
        kind = read_integer(root, f"{place}/class")
        if vendor in VENDORS and device is not None and kind is not None:
            subsystem = read_integer(root, f"{place}/subsystem_device")
            answer.append(PciDevice(folder.name, vendor, device, kind, subsystem))
    return answer


def is_accelerator(device: PciDevice) -> bool:
    """Whether the function is a display controller or a processing accelerator."""
    return device.class_id >> 16 in (_DISPLAY, _PROCESSING_ACCELERATOR)


def look(root: Path) -> dict[str, Reading]:
    """Return the reading ``pci-accelerators``: address, vendor, device id and class of each."""
    everything = devices(root)
    if everything is None:
        return {"pci-accelerators": unknown(_BUS, "this system has no PCI in sysfs")}
    rows = [
        {
            "address": device.address,
            "vendor": VENDORS[device.vendor_id],
            "device_id": f"0x{device.device_id:04x}",
            "class": f"0x{device.class_id:06x}",
        }
        for device in everything
        if is_accelerator(device)
    ]
    if not rows:
        return {"pci-accelerators": absent(_BUS, "no accelerator of a known vendor on the bus")}
    return {"pci-accelerators": found(list(rows), _BUS)}
