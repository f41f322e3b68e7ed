"""The processor, and how many threads of it a framework should be given."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine import sysctl
from probes.machine.cpu_cores import (
    allowed_count,
    physical_cores,
    read_affinity,
    read_quota,
    usable_threads,
)
from probes.machine.cpu_information import count_processors, read_flags, read_model
from probes.machine.files import read_text
from probes.machine.scheduler import granted_processors
from probes.plain_text import clean_line

FACTS = (
    "cpu-model",
    "cpu-flags",
    "cpu-physical-cores",
    "cpu-logical-cores",
    "cpu-affinity",
    "cpu-quota",
    "cpu-usable-threads",
)


def look(root: Path, environment: Mapping[str, str] | None = None) -> dict[str, Reading]:
    """Return the readings named in :data:`FACTS`; raises ``OSError`` on a Linux without /proc."""
    information = read_text(root, "/proc/cpuinfo")
    if information is None:
        if platform.system() != "Linux":
            return _portable(root)
        raise OSError("/proc/cpuinfo cannot be read")
    affinity, quota = read_affinity(root), read_quota(root)
    physical = physical_cores(root, information, affinity)
    logical = count_processors(information)
    return {
        "cpu-model": read_model(information),
        "cpu-flags": read_flags(information),
        "cpu-physical-cores": physical,
        "cpu-logical-cores": logical,
        "cpu-affinity": affinity,
        "cpu-quota": quota,
        "cpu-usable-threads": usable_threads(
            allowed_count(affinity, logical),
            quota,
            physical,
            granted_processors(environment or {}),
        ),
    }


def _portable(root: Path) -> dict[str, Reading]:
    """Answer for systems without /proc: sysctl on a Mac, else the standard library and psutil."""
    system = platform.system()
    if system == "Darwin":
        told = sysctl.look(root)
        if told is not None:
            return told
    import psutil

    logical, physical = os.cpu_count(), psutil.cpu_count(logical=False)
    cores = found(physical, "psutil") if physical else unknown("psutil", "tells no cores")
    quota = absent(system, "this system has no control groups")
    model = clean_line(platform.processor() or platform.machine())
    return {
        "cpu-model": found(model, "platform") if model else unknown("platform", "names no model"),
        "cpu-flags": unknown(system, "flags are read on Linux and macOS only"),
        "cpu-physical-cores": cores,
        "cpu-logical-cores": found(logical, "os") if logical else unknown("os", "tells no count"),
        "cpu-affinity": unknown(system, "affinity is read on Linux only"),
        "cpu-quota": quota,
        "cpu-usable-threads": usable_threads(logical, quota, cores),
    }
