"""Intel cards, by sysfs and, where it is installed, by ``xpu-smi``.

Its memory stands in lmem_total_bytes (i915, where it is written at all) or, tile by tile, in
physical_vram_size_bytes (xe; the file that intel/compute-runtime and igt-gpu-tools read).
"""

from __future__ import annotations

from pathlib import Path

from msgspec import to_builtins

from probes.evidence import Reading, absent, found, unknown
from probes.machine import bus_cards, xpu_smi
from probes.machine.files import folder_names, read_integer
from probes.machine.gpu import Gpu
from probes.machine.pci import BUS, PciDevice, devices, is_graphics_card
from probes.machine.plausible import amount, capacity

FACTS = ("intel-gpus",)


def look(root: Path) -> dict[str, Reading]:
    """Return ``intel-gpus``: a list of :class:`Gpu`."""
    everything = devices(root)
    if everything is None:
        return {"intel-gpus": unknown(BUS, "this system has no PCI in sysfs")}
    chosen = [device for device in everything if is_graphics_card(device, "intel")]
    if not chosen:
        return {"intel-gpus": absent(BUS, "no Intel card on the bus")}
    # A processor's own graphics is all that most machines have; the program knows nothing of it.
    told = {} if all(map(_is_integrated, chosen)) else xpu_smi.cards_by_address(root)
    cards = [to_builtins(_card(root, device, told.get(device.address))) for device in chosen]
    return {"intel-gpus": found(cards, f"{BUS} and xpu-smi" if told else BUS)}


def _card(root: Path, device: PciDevice, told: xpu_smi.XpuCard | None) -> Gpu:
    integrated = _is_integrated(device)
    degrees, power = bus_cards.sensors(root, device)
    total = None if integrated else _memory(root, device)
    return Gpu(
        vendor="intel",
        name=(told.name if told else "") or bus_cards.display_name(root, device, "Intel"),
        uuid=told.uuid if told else None,
        pci_id=device.pci_id,
        pci_address=device.address,
        memory_total_bytes=total or (told.memory_total_bytes if told else None),
        unified_memory=integrated,
        driver=device.driver,
        pcie=None if integrated else bus_cards.link(root, device),
        power_limit_watts=power,
        temperature_celsius=degrees,
    )


def _is_integrated(device: PciDevice) -> bool:
    """Whether it is part of the processor: Intel's own graphics sits at device 2 of the root."""
    return device.address.endswith(":00:02.0")


def _memory(root: Path, device: PciDevice) -> int | None:
    place = f"{BUS}/{device.address}"
    tiles = [name for name in folder_names(root, place) or [] if name.startswith("tile")]
    total = sum(
        amount(read_integer(root, f"{place}/{tile}/{folder}physical_vram_size_bytes")) or 0
        for tile in tiles
        for folder in ("", "memory/")
    )
    if total:
        return capacity(total)
    for name in folder_names(root, f"{place}/drm") or []:
        size = capacity(read_integer(root, f"{place}/drm/{name}/lmem_total_bytes"))
        if size is not None:
            return size
    return capacity(read_integer(root, f"{place}/lmem_total_bytes"))
