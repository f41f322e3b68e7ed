"""The name of a card from the list of PCI ids that most Linux systems carry.

For display only: nothing may be decided by a name. The list is the system's own; none is ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from probes.machine.files import below
from probes.machine.sanitise import plain

PLACES = ("/usr/share/hwdata/pci.ids", "/usr/share/misc/pci.ids", "/usr/share/pci.ids")
_MOST_LINES = 200_000


def card_name(root: Path, vendor_id: int, device_id: int) -> str | None:
    """Return the device's name without its vendor, or ``None`` if no list has it."""
    for place in PLACES:
        try:
            with below(root, place).open(encoding="utf-8", errors="replace") as stream:
                return _search(stream, f"{vendor_id:04x}", f"{device_id:04x}")
        except (OSError, ValueError):
            continue
    return None


def _search(lines: Iterable[str], vendor: str, device: str) -> str | None:
    inside = False
    for number, line in enumerate(lines):
        if number > _MOST_LINES:
            return None
        if not line.startswith("\t"):
            if inside and line.strip() and not line.startswith("#"):
                return None
            inside = inside or line.startswith(f"{vendor} ")
        elif inside and line.startswith(f"\t{device} "):
            return plain(line[5:]) or None
    return None
