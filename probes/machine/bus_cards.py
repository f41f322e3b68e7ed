"""Cards of vendors whose driver is not asked here (AMD, Intel): what sysfs tells of them.

Better a card with an id and its memory than "no GPU". A vendor that gets a file of its own (as
NVIDIA has) drops out of :data:`_VENDORS`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import to_builtins

from probes.document import Gpu
from probes.evidence import Reading, found
from probes.machine.files import below, read_integer
from probes.machine.pci import VENDORS, PciDevice, devices, is_accelerator

_BUS = "/sys/bus/pci/devices"
_VENDORS: dict[str, Literal["amd", "intel"]] = {"amd": "amd", "intel": "intel"}


def add_bus_cards(root: Path, gpus: Reading) -> Reading:
    """Return ``gpus`` with the cards of other vendors behind those already found."""
    cards = [
        to_builtins(_card(root, device, _VENDORS[VENDORS[device.vendor_id]]))
        for device in devices(root) or []
        if is_accelerator(device) and VENDORS[device.vendor_id] in _VENDORS
    ]
    if not cards or gpus.status in ("unknown", "error"):
        return gpus
    already = gpus.value if gpus.available and isinstance(gpus.value, list) else []
    source = f"{gpus.source} and {_BUS}" if already else _BUS
    return found([*already, *cards], source)


def _card(root: Path, device: PciDevice, vendor: Literal["amd", "intel"]) -> Gpu:
    place = f"{_BUS}/{device.address}"
    total = read_integer(root, f"{place}/mem_info_vram_total")
    used = read_integer(root, f"{place}/mem_info_vram_used")
    return Gpu(
        vendor=vendor,
        name=f"{'AMD' if vendor == 'amd' else 'Intel'} graphics, PCI id 0x{device.device_id:04x}",
        memory_total_bytes=total,
        memory_free_bytes=total - used if total is not None and used is not None else None,
        driver=_driver(root, place),
    )


def _driver(root: Path, place: str) -> str | None:
    try:
        return below(root, f"{place}/driver").readlink().name
    except OSError:
        return None
