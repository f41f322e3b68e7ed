"""Name, operating system, architecture, virtualisation, Python."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine.files import read_line, read_text
from probes.plain_text import clean_line

FACTS = (
    "host-name",
    "operating-system",
    "operating-system-version",
    "architecture",
    "virtualisation",
    "python",
)
_SYSTEMS = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}
# Words of the firmware tables → name. Order matters: clouds name their hypervisor as well.
_FIRMWARE = (
    ("amazon ec2", "amazon-ec2"),
    ("google", "google-compute-engine"),
    ("vmware", "vmware"),
    ("virtualbox", "virtualbox"),
    ("innotek", "virtualbox"),
    ("virtual machine", "hyper-v"),
    ("openstack", "kvm"),
    ("kvm", "kvm"),
    ("qemu", "kvm"),
    ("xen", "xen"),
    ("parallels", "parallels"),
)
_FIRMWARE_FOLDER = "/sys/class/dmi/id"
_HOST_NAME = "/proc/sys/kernel/hostname"


def look(root: Path) -> dict[str, Reading]:
    """Return the readings named in :data:`FACTS`."""
    system = platform.system()
    return {
        "host-name": _host_name(root),
        "operating-system": (
            found(_SYSTEMS[system], "platform")
            if system in _SYSTEMS
            else unknown("platform", f"{system or 'no name'} is not a system known here")
        ),
        "operating-system-version": _version(root),
        "architecture": found(clean_line(platform.machine()), "platform"),
        "virtualisation": _virtualisation(root),
        "python": found(platform.python_version(), sys.implementation.name),
    }


def _host_name(root: Path) -> Reading:
    """Return the name by which probes of many machines are told apart; no name server is asked."""
    told = read_line(root, _HOST_NAME)
    if told:
        return found(told, _HOST_NAME)
    name = clean_line(platform.node()) if platform.system() != "Linux" else ""
    return found(name, "platform") if name else unknown(_HOST_NAME, "this machine has no name")


def _version(root: Path) -> Reading:
    release = read_text(root, "/etc/os-release")
    for line in (release or "").splitlines():
        key, _, value = line.partition("=")
        if key == "PRETTY_NAME":
            return found(clean_line(value.strip('"')), "/etc/os-release")
    return found(clean_line(f"{platform.system()} {platform.release()}"), "platform")


def _virtualisation(root: Path) -> Reading:
    firmware = " ".join(
        read_line(root, f"{_FIRMWARE_FOLDER}/{name}") or ""
        for name in ("sys_vendor", "product_name", "bios_vendor")
    ).lower()
    for word, name in _FIRMWARE:
        if word in firmware:
            return found(name, _FIRMWARE_FOLDER)
    told = read_line(root, "/sys/hypervisor/type")
    if told:
        return found(told, "/sys/hypervisor/type")
    information = read_text(root, "/proc/cpuinfo")
    if information is None:
        return unknown("/proc/cpuinfo", "virtualisation is read on Linux only")
    for line in information.splitlines():
        if line.startswith("flags") and "hypervisor" in line.split():
            return found("other", "/proc/cpuinfo", "a hypervisor that does not say its name")
    return absent("/proc/cpuinfo", "no hypervisor flag")
