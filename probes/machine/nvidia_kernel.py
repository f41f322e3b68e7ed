"""The NVIDIA driver inside the kernel, which is asked by reading a file and can therefore not hang.

Its version beside the library's explains a mismatch; version and names of cards are still known
when NVML hangs or does not fit.
"""

from __future__ import annotations

import re
from pathlib import Path

from probes.evidence import Reading, absent, found
from probes.machine.files import below, folder_names, read_line, read_text
from probes.machine.sanitise import plain

FACTS = ("nvidia-kernel-driver", "nvidia-kernel-cards")
_SOURCE = "/proc/driver/nvidia/version"
_MODULE = "/sys/module/nvidia/version"
_CARDS = "/proc/driver/nvidia/gpus"


def look(root: Path) -> dict[str, Reading]:
    """Return ``nvidia-kernel-driver`` (version) and ``nvidia-kernel-cards`` (address, name)."""
    return {"nvidia-kernel-driver": _version(root), "nvidia-kernel-cards": _cards(root)}


def _version(root: Path) -> Reading:
    version = kernel_driver(root)
    if version is not None:
        source = _SOURCE if read_text(root, _SOURCE) is not None else _MODULE
        return found(version, source)
    if below(root, "/sys/module/nouveau").is_dir():
        why = "the kernel has loaded nouveau, which cannot compute, in its place"
        return absent("/sys/module/nouveau", why)
    return absent(_SOURCE, "the NVIDIA kernel driver is not loaded")


def kernel_driver(root: Path) -> str | None:
    """Return the version of the loaded kernel module, "unnamed" if it has none, or ``None``."""
    text = read_text(root, _SOURCE)
    if text is None:
        return read_line(root, _MODULE) or None
    version = re.search(r"\b(\d{3}\.\d{1,3}(?:\.\d{1,3})?)\b", text)
    return version[1] if version else "unnamed"


def _cards(root: Path) -> Reading:
    rows = []
    for address in folder_names(root, _CARDS) or []:
        lines = (read_text(root, f"{_CARDS}/{address}/information") or "").splitlines()
        table = {
            key.strip(): plain(value) for key, _, value in (one.partition(":") for one in lines)
        }
        rows.append({"address": address, "name": table.get("Model"), "uuid": table.get("GPU UUID")})
    return found(rows, _CARDS) if rows else absent(_CARDS, "the kernel driver lists no card")
