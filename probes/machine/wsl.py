"""Windows Subsystem for Linux, and how it offers Windows' graphics cards.

There a card is no PCI device: it is ``/dev/dxg`` and a folder of libraries that Windows mounts.
Each can be missing, and the folder can be there and yet not be searched by the loader.
Source: NVIDIA, CUDA on WSL User Guide (read 2026-11-20).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from probes.evidence import Reading, absent, found
from probes.machine.files import below, folder_names, read_line, read_text

FACTS = ("wsl", "wsl-gpu")
LIBRARIES = "/usr/lib/wsl/lib"
_LOADER_FOLDER = "/etc/ld.so.conf.d"
_WANTED = ("libcuda.so.1", "libnvidia-ml.so.1", "libdxcore.so")


def look(root: Path, environment: Mapping[str, str]) -> dict[str, Reading]:
    """Return ``wsl`` (1 or 2) and ``wsl-gpu`` (device, libraries, whether they are searched)."""
    wsl = _wsl(root, environment)
    return {"wsl": wsl, "wsl-gpu": _gpu(root, environment, wsl)}


def _wsl(root: Path, environment: Mapping[str, str]) -> Reading:
    version = read_line(root, "/proc/version")
    if version is None:
        return absent("/proc/version", "not a Linux kernel")
    libraries = below(root, LIBRARIES).is_dir()
    detail = "driver libraries are mounted" if libraries else "no driver libraries are mounted"
    if "microsoft" in version.lower():
        second = below(root, "/dev/dxg").exists() or "wsl2" in version.lower()
        return found(2 if second else 1, "/proc/version", detail)
    if below(root, "/dev/dxg").exists() and libraries:
        # A kernel that its user compiled need not say whose it is.
        return found(2, "/dev/dxg", detail)
    if "WSL_DISTRO_NAME" in environment:
        return found(2, "WSL_DISTRO_NAME", "the kernel does not say so")
    return absent("/proc/version", "not a WSL kernel")


def _gpu(root: Path, environment: Mapping[str, str], wsl: Reading) -> Reading:
    if not wsl.available:
        return absent("/dev/dxg", "not in WSL")
    names = folder_names(root, LIBRARIES) or []
    value = {
        "device": below(root, "/dev/dxg").exists(),
        "libraries": [name for name in _WANTED if name in names],
        "searched": _searched(root, environment),
    }
    return found(value, LIBRARIES)


def _searched(root: Path, environment: Mapping[str, str]) -> bool:
    """Whether the dynamic loader looks into the folder of Windows' libraries."""
    folders = environment.get("LD_LIBRARY_PATH", "").split(":")
    files = [f"{_LOADER_FOLDER}/{name}" for name in folder_names(root, _LOADER_FOLDER) or []]
    for file in ("/etc/ld.so.conf", *files):
        folders += (read_text(root, file) or "").split()
    return any(folder.rstrip("/") == LIBRARIES for folder in folders)
