"""AMD cards, by what amdgpu and its compute driver write into sysfs; no library is loaded.

Source: kernel documentation, gpu/amdgpu/driver-misc.rst (mem_info_vram_total and kin).
"""

from __future__ import annotations

from pathlib import Path

from msgspec import to_builtins

from probes.evidence import Reading, absent, found, unknown
from probes.machine import bus_cards, kfd
from probes.machine.files import read_integer, read_line
from probes.machine.gpu import Gpu
from probes.machine.pci import BUS, PciDevice, devices, is_graphics_card
from probes.machine.plausible import amount, capacity
from probes.machine.sanitise import plain

FACTS = ("amd-gpus", "rocm")
_ROCM_VERSION = "/opt/rocm/.info/version"
# MI300A: processor and card share all of the memory, and each is told the whole of it. Its target
# is that of cards with memory of their own, so only the device id tells it apart.
_WHOLE_MEMORY_SHARED = (0x74A0,)


def look(root: Path) -> dict[str, Reading]:
    """Return ``amd-gpus`` (a list of :class:`Gpu`) and ``rocm`` (version of the installation)."""
    return {"amd-gpus": _cards(root), "rocm": _rocm(root)}


def _cards(root: Path) -> Reading:
    everything = devices(root)
    if everything is None:
        return unknown(BUS, "this system has no PCI in sysfs")
    nodes = kfd.nodes_by_address(root)
    cards = [
        to_builtins(_card(root, device, nodes.get(device.address)))
        for device in everything
        if is_graphics_card(device, "amd")
    ]
    return found(cards, BUS) if cards else absent(BUS, "no AMD card on the bus")


def _card(root: Path, device: PciDevice, node: kfd.KfdNode | None) -> Gpu:
    place = f"{BUS}/{device.address}"
    total = capacity(read_integer(root, f"{place}/mem_info_vram_total"))
    used = amount(read_integer(root, f"{place}/mem_info_vram_used"))
    if total is None and node is not None:
        total = node.memory_total_bytes
    shared = device.device_id in _WHOLE_MEMORY_SHARED
    if shared:
        total = None
    degrees, power = bus_cards.sensors(root, device)
    named = plain(read_line(root, f"{place}/product_name") or "")
    return Gpu(
        vendor="amd",
        name=named or bus_cards.display_name(root, device, "AMD"),
        uuid=plain(read_line(root, f"{place}/unique_id") or "") or None,
        pci_id=device.pci_id,
        pci_address=device.address,
        memory_total_bytes=total,
        memory_free_bytes=max(0, total - used) if total and used is not None else None,
        unified_memory=True if shared else (node.inside_processor if node else None),
        gfx_target=node.gfx_target if node else None,
        driver=device.driver,
        pcie=bus_cards.link(root, device),
        power_limit_watts=power,
        temperature_celsius=degrees,
        processes=kfd.processes(root, node.gpu_id) if node else None,
    )


def _rocm(root: Path) -> Reading:
    version = read_line(root, _ROCM_VERSION)
    if version:
        return found(version, _ROCM_VERSION)
    return absent(_ROCM_VERSION, "no ROCm below /opt/rocm; wheels may bring their own")
