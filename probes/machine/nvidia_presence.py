"""Whether an NVIDIA card is there at all, before its driver is asked.

Without a card nothing is missing; with one, each missing part is a reason.
"""

from __future__ import annotations

from pathlib import Path

from probes.machine import wsl
from probes.machine.files import below, folder_names
from probes.machine.pci import devices, is_graphics_card


def card_on_bus(root: Path) -> bool:
    """Whether sysfs shows an NVIDIA card, or WSL offers one."""
    on_bus = any(is_graphics_card(device, "nvidia") for device in devices(root) or [])
    return on_bus or _offered_by_windows(root)


def _offered_by_windows(root: Path) -> bool:
    """Whether the card behind /dev/dxg may be NVIDIA's: its driver adds its own libraries."""
    if not below(root, "/dev/dxg").exists():
        return False
    names = folder_names(root, wsl.LIBRARIES)
    # Without the folder nothing is known, and a card that is hidden must not become "no card".
    return not names or bool({"libcuda.so.1", "libnvidia-ml.so.1"} & set(names))
