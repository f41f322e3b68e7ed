"""The processor, and how many threads of it a framework should be given.

``cpu-usable-threads`` is min(affinity, quota of the control group, physical cores): more threads
than that make both frameworks slower, and unequal threads make any comparison void.
"""

from __future__ import annotations

import math
import os
import platform
from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine.cgroup import cpu_quota
from probes.machine.files import parse_index_list, read_integer, read_line, read_text
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
# The flags that decide which kernels a framework can use; hundreds of others are noise here.
_TELLING = ("avx", "fma", "f16c", "amx", "sse4", "sve", "neon", "asimd", "bf16", "i8mm")


def look(root: Path) -> dict[str, Reading]:
    """Return the readings named in :data:`FACTS`; raises ``OSError`` on a Linux without /proc."""
    information = read_text(root, "/proc/cpuinfo")
    if information is None:
        if platform.system() != "Linux":
            return _portable()
        raise OSError("/proc/cpuinfo cannot be read")
    affinity = _affinity(root)
    quota = _quota(root)
    physical = _physical_cores(root, information, affinity)
    listed = sum(line.startswith("processor") for line in information.splitlines())
    logical = found(listed, "/proc/cpuinfo") if listed else unknown("/proc/cpuinfo", "lists none")
    return {
        "cpu-model": _model(information),
        "cpu-flags": _flags(information),
        "cpu-physical-cores": physical,
        "cpu-logical-cores": logical,
        "cpu-affinity": affinity,
        "cpu-quota": quota,
        "cpu-usable-threads": usable_threads(
            affinity_count(affinity) or logical.integer(), quota, physical
        ),
    }


def usable_threads(allowed: int | None, quota: Reading, physical: Reading) -> Reading:
    """Return min(allowed processors, whole processors of the quota, physical cores), at least 1."""
    bounds: dict[str, int | None] = {"affinity": allowed, "physical cores": physical.integer()}
    if quota.available:
        bounds["quota"] = math.floor(quota.number())
    known = {name: bound for name, bound in bounds.items() if bound is not None}
    if not known:
        return unknown("cpu", "neither affinity, quota nor cores could be read")
    name = min(known, key=lambda key: known[key])
    return found(max(1, known[name]), "cpu", f"bounded by {name}")


def affinity_count(affinity: Reading) -> int | None:
    """Return how many processors this process may run on."""
    if not affinity.available:
        return None
    return len(parse_index_list(str(affinity.value)))


def _field(information: str, *names: str) -> str | None:
    for line in information.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in names and value.strip():
            return clean_line(value)
    return None


def _model(information: str) -> Reading:
    model = _field(information, "model name", "Model", "Hardware", "cpu model", "cpu")
    if model:
        return found(model, "/proc/cpuinfo")
    part = _field(information, "CPU part")
    if part:
        return found(f"{platform.machine()} part {part}", "/proc/cpuinfo")
    return unknown("/proc/cpuinfo", "names no model")


def _flags(information: str) -> Reading:
    line = _field_whole(information, "flags", "Features")
    if line is None:
        return unknown("/proc/cpuinfo", "lists no flags")
    flags = sorted({flag for flag in line.split() if flag.startswith(_TELLING) or "bf16" in flag})
    return found(list(flags), "/proc/cpuinfo", "only flags that decide which kernels can run")


def _field_whole(information: str, *names: str) -> str | None:
    for line in information.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in names:
            return value
    return None


def _affinity(root: Path) -> Reading:
    for line in (read_text(root, "/proc/self/status") or "").splitlines():
        key, _, value = line.partition(":")
        if key == "Cpus_allowed_list" and value.strip():
            return found(clean_line(value), "/proc/self/status")
    return unknown("/proc/self/status", "names no allowed processors")


def _quota(root: Path) -> Reading:
    quota = cpu_quota(root)
    if quota is None:
        return absent("cgroup", "no processor quota is set")
    return found(round(quota[0], 3), quota[1], "processors")


def _physical_cores(root: Path, information: str, affinity: Reading) -> Reading:
    """Count distinct cores among the processors this process may use."""
    if affinity.available:
        cores = set()
        for index in parse_index_list(str(affinity.value)):
            topology = f"/sys/devices/system/cpu/cpu{index}/topology"
            core = read_integer(root, f"{topology}/core_id")
            package = read_integer(root, f"{topology}/physical_package_id")
            siblings = read_line(root, f"{topology}/thread_siblings_list")
            if core is not None:
                # core_id alone repeats per package and, on some parts, per cluster.
                cores.add((package, core, siblings))
        if cores:
            return found(len(cores), "/sys/devices/system/cpu", "within the affinity")
    pairs = set()
    for block in information.split("\n\n"):
        socket, identity = _field(block, "physical id"), _field(block, "core id")
        if identity is not None:
            pairs.add((socket, identity))
    if pairs:
        return found(len(pairs), "/proc/cpuinfo")
    return unknown("/proc/cpuinfo", "neither sysfs nor cpuinfo tells cores from threads")


def _portable() -> dict[str, Reading]:
    """Answer for systems without /proc: what the standard library and psutil tell."""
    import psutil

    logical, physical = os.cpu_count(), psutil.cpu_count(logical=False)
    cores = found(physical, "psutil") if physical else unknown("psutil", "tells no cores")
    quota = absent(platform.system(), "this system has no control groups")
    model = clean_line(platform.processor() or platform.machine())
    return {
        "cpu-model": found(model, "platform") if model else unknown("platform", "names no model"),
        "cpu-flags": unknown(platform.system(), "flags are read on Linux only"),
        "cpu-physical-cores": cores,
        "cpu-logical-cores": found(logical, "os") if logical else unknown("os", "tells no count"),
        "cpu-affinity": unknown(platform.system(), "affinity is read on Linux only"),
        "cpu-quota": quota,
        "cpu-usable-threads": usable_threads(logical, quota, cores),
    }
