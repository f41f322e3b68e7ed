"""What sysfs tells of any card, whoever made it: link, sensors, name.

Must open no device. What only one vendor's driver writes belongs to that vendor's file.
"""

from __future__ import annotations

import re
from pathlib import Path

from probes.machine.files import folder_names, read_integer, read_line
from probes.machine.gpu import PciLink
from probes.machine.pci import BUS, PciDevice
from probes.machine.pci_names import card_name
from probes.machine.plausible import temperature, watts, whole

# Gigatransfers per second → PCIe generation (PCI Express Base Specification).
_GENERATIONS = {"2.5": 1, "5.0": 2, "5": 2, "8.0": 3, "8": 3, "16.0": 4, "16": 4, "32.0": 5}
_GENERATIONS |= {"32": 5, "64.0": 6, "64": 6}
_MOST_LANES = 32


def link(root: Path, device: PciDevice) -> PciLink | None:
    """Return generation and width of the card's link, or ``None`` if sysfs has neither."""
    place = f"{BUS}/{device.address}"
    answer = PciLink(
        generation=_generation(root, f"{place}/current_link_speed"),
        width=whole(read_integer(root, f"{place}/current_link_width"), 1, _MOST_LANES),
        generation_max=_generation(root, f"{place}/max_link_speed"),
        width_max=whole(read_integer(root, f"{place}/max_link_width"), 1, _MOST_LANES),
    )
    return None if answer == PciLink() else answer


def sensors(root: Path, device: PciDevice) -> tuple[int | None, float | None]:
    """Return temperature in degrees Celsius and power limit in watts (hwmon)."""
    folder = f"{BUS}/{device.address}/hwmon"
    for name in folder_names(root, folder) or []:
        millidegrees = read_integer(root, f"{folder}/{name}/temp1_input")
        degrees = None if millidegrees is None else temperature(millidegrees // 1000)
        return degrees, watts(read_integer(root, f"{folder}/{name}/power1_cap"), 1_000_000)
    return None, None


def display_name(root: Path, device: PciDevice, vendor: str) -> str:
    """Return the card's name by the system's list of PCI ids, else its id."""
    name = card_name(root, device.vendor_id, device.device_id)
    return f"{vendor} {name}" if name else f"{vendor} graphics, PCI id 0x{device.device_id:04x}"


def _generation(root: Path, place: str) -> int | None:
    speed = re.match(r"([\d.]+) GT/s", read_line(root, place) or "")
    return _GENERATIONS.get(speed[1]) if speed else None
