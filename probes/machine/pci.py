"""Accelerators on the PCI bus, from sysfs, before any driver is asked.

A card that the bus shows and the driver does not is exactly the case users cannot explain.
Must open no device: reading sysfs disturbs nobody.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from probes.evidence import Reading, absent, found, unknown
from probes.machine.files import folder_names, link_name, read_integer

FACTS = ("pci-accelerators",)
BUS = "/sys/bus/pci/devices"
VENDORS = {0x10DE: "nvidia", 0x1002: "amd", 0x8086: "intel", 0x1AE0: "google", 0x1DA3: "habana"}
_DISPLAY, _PROCESSING_ACCELERATOR = 0x03, 0x12


class PciDevice(Struct, frozen=True):
    """One function on the bus."""

    address: str
    vendor_id: int
    device_id: int
    class_id: int
    subsystem_id: int | None
    driver: str | None = None

    @property
    def vendor(self) -> str:
        """The vendor's name, as in :data:`VENDORS`."""
        return VENDORS[self.vendor_id]

    @property
    def pci_id(self) -> str:
        """Vendor and device as lists of PCI ids write them: ``10de:2684``."""
        return f"{self.vendor_id:04x}:{self.device_id:04x}"


def devices(root: Path) -> list[PciDevice] | None:
    """Return every function of the known vendors, or ``None`` where there is no PCI in sysfs."""
    names = folder_names(root, BUS)
    if names is None:
        return None
    answer: list[PciDevice] = []
    for name in names:
        place = f"{BUS}/{name}"
        vendor = _identity(root, f"{place}/vendor", 0xFFFF)
        device = _identity(root, f"{place}/device", 0xFFFF)
        kind = _identity(root, f"{place}/class", 0xFFFFFF)
        if vendor in VENDORS and device is not None and kind is not None:
            subsystem = _identity(root, f"{place}/subsystem_device", 0xFFFF)
            driver = link_name(root, f"{place}/driver")
            answer.append(PciDevice(name, vendor, device, kind, subsystem, driver))
    return answer


def is_accelerator(device: PciDevice) -> bool:
    """Whether the function is a display controller or a processing accelerator."""
    return device.class_id >> 16 in (_DISPLAY, _PROCESSING_ACCELERATOR)


def is_graphics_card(device: PciDevice, vendor: str) -> bool:
    """Whether the function is a card of this vendor that computes graphics.

    Intel's neural processors and crypto engines have the class of accelerators; its data centre
    cards are display controllers, while AMD's are accelerators.
    """
    if device.vendor != vendor or not is_accelerator(device):
        return False
    return vendor != "intel" or device.class_id >> 16 == _DISPLAY


def look(root: Path) -> dict[str, Reading]:
    """Return the reading ``pci-accelerators``: address, vendor, ids, class and driver of each."""
    everything = devices(root)
    if everything is None:
        return {"pci-accelerators": unknown(BUS, "this system has no PCI in sysfs")}
    rows = [
        {
            "address": device.address,
            "vendor": device.vendor,
            "device_id": f"0x{device.device_id:04x}",
            "class": f"0x{device.class_id:06x}",
            "driver": device.driver,
        }
        for device in everything
        if is_accelerator(device)
    ]
    if not rows:
        return {"pci-accelerators": absent(BUS, "no accelerator of a known vendor on the bus")}
    return {"pci-accelerators": found(list(rows), BUS)}


def _identity(root: Path, place: str, highest: int) -> int | None:
    number = read_integer(root, place)
    return number if number is not None and 0 <= number <= highest else None
