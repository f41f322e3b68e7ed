"""Operating system, WSL, container, scheduler, virtualisation, Python."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine.files import below, read_line, read_text
from probes.plain_text import clean_line

FACTS = (
    "operating-system",
    "operating-system-version",
    "architecture",
    "wsl",
    "container",
    "scheduler",
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
_SCHEDULERS = {"SLURM_JOB_ID": "slurm", "PBS_JOBID": "pbs", "LSB_JOBID": "lsf", "JOB_ID": "sge"}


def look(root: Path, environment: Mapping[str, str]) -> dict[str, Reading]:
    """Return the readings named in :data:`FACTS`."""
    system = platform.system()
    return {
        "operating-system": (
            found(_SYSTEMS[system], "platform")
            if system in _SYSTEMS
            else unknown("platform", f"{system or 'no name'} is not a system known here")
        ),
        "operating-system-version": _version(root),
        "architecture": found(clean_line(platform.machine()), "platform"),
        "wsl": _wsl(root, environment),
        "container": _container(root, environment),
        "scheduler": _scheduler(environment),
        "virtualisation": _virtualisation(root),
        "python": found(platform.python_version(), sys.implementation.name),
    }


def _version(root: Path) -> Reading:
    release = read_text(root, "/etc/os-release")
    for line in (release or "").splitlines():
        key, _, value = line.partition("=")
        if key == "PRETTY_NAME":
            return found(clean_line(value.strip('"')), "/etc/os-release")
    return found(clean_line(f"{platform.system()} {platform.release()}"), "platform")


def _wsl(root: Path, environment: Mapping[str, str]) -> Reading:
    version = read_line(root, "/proc/version")
    if version is None:
        return absent("/proc/version", "not a Linux kernel")
    if "microsoft" in version.lower():
        second = below(root, "/dev/dxg").exists() or "wsl2" in version.lower()
        libraries = below(root, "/usr/lib/wsl/lib").is_dir()
        detail = "driver libraries are mounted" if libraries else "no driver libraries are mounted"
        return found(2 if second else 1, "/proc/version", detail)
    if "WSL_DISTRO_NAME" in environment:
        return found(2, "WSL_DISTRO_NAME", "the kernel does not say so")
    return absent("/proc/version", "not a WSL kernel")


def _container(root: Path, environment: Mapping[str, str]) -> Reading:
    if "KUBERNETES_SERVICE_HOST" in environment:
        return found("kubernetes", "KUBERNETES_SERVICE_HOST")
    for variable, name in (
        ("APPTAINER_CONTAINER", "apptainer"),
        ("SINGULARITY_CONTAINER", "singularity"),
    ):
        if variable in environment:
            return found(name, variable)
    if below(root, "/run/.containerenv").exists():
        return found("podman", "/run/.containerenv")
    if below(root, "/.dockerenv").exists():
        return found("docker", "/.dockerenv")
    for source in ("/proc/self/cgroup", "/proc/1/cgroup"):
        groups = read_text(root, source) or ""
        for word, name in (
            ("kubepods", "kubernetes"),
            ("docker", "docker"),
            ("libpod", "podman"),
            ("/lxc/", "lxc"),
        ):
            if word in groups:
                return found(name, source)
    named = clean_line(environment.get("container", ""))
    if named:
        return found(named, "variable container")
    return absent("/proc, /run and variables", "no sign of a container")


def _scheduler(environment: Mapping[str, str]) -> Reading:
    for variable, name in _SCHEDULERS.items():
        if variable in environment:
            return found(name, variable)
    return absent("variables", "no sign of a job scheduler")


def _virtualisation(root: Path) -> Reading:
    folder = "/sys/class/dmi/id"
    firmware = " ".join(
        read_line(root, f"{folder}/{name}") or ""
        for name in ("sys_vendor", "product_name", "bios_vendor")
    ).lower()
    for word, name in _FIRMWARE:
        if word in firmware:
            return found(name, folder)
    information = read_text(root, "/proc/cpuinfo")
    if information is None:
        return unknown("/proc/cpuinfo", "virtualisation is read on Linux only")
    for line in information.splitlines():
        if line.startswith("flags") and "hypervisor" in line.split():
            return found("other", "/proc/cpuinfo", "a hypervisor that does not say its name")
    return absent("/proc/cpuinfo", "no hypervisor flag")
