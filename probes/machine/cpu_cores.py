"""How many threads a framework should be given: cores, affinity, quota and grant together.

More threads than that make both frameworks slower, and unequal threads make any comparison void.
Pure but for the small files it reads.
"""

from __future__ import annotations

import math
from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine.cgroup import allowed_processors, cpu_quota
from probes.machine.cpu_information import field
from probes.machine.files import (
    folder_names,
    parse_index_list,
    read_integer,
    read_line,
    read_text,
)
from probes.plain_text import clean_line

_PROCESSORS = "/sys/devices/system/cpu"


def usable_threads(
    allowed: int | None, quota: Reading, physical: Reading, granted: int | None = None
) -> Reading:
    """Return the least of processors allowed, quota, physical cores and grant; at least 1."""
    bounds: dict[str, int | None] = {
        "all that this process may use": allowed,
        "one for each physical core": physical.integer(),
        "all that the job was granted": granted,
    }
    if quota.available:
        bounds["all that the CPU quota allows"] = math.floor(quota.number())
    known = {name: bound for name, bound in bounds.items() if bound is not None}
    if not known:
        return unknown("cpu", "neither affinity, quota nor cores could be read")
    name = min(known, key=lambda key: known[key])
    return found(max(1, known[name]), "cpu", name)


def allowed_count(affinity: Reading, logical: Reading) -> int | None:
    """Return how many processors this process may run on, of those that are there.

    The kernel's list may name processors that could be added to the machine and are not.
    """
    listed = len(parse_index_list(str(affinity.value))) if affinity.available else 0
    return min(filter(None, (listed, logical.integer())), default=None)


def read_affinity(root: Path) -> Reading:
    """Return the processors this process may run on: its affinity within the group's cpuset."""
    cpuset = allowed_processors(root)
    for line in (read_text(root, "/proc/self/status") or "").splitlines():
        key, _, value = line.partition(":")
        if key == "Cpus_allowed_list" and parse_index_list(value):
            return _within(clean_line(value), cpuset)
    if cpuset is not None:
        return found(clean_line(cpuset[0]), cpuset[1])
    return unknown("/proc/self/status", "names no allowed processors")


def read_quota(root: Path) -> Reading:
    """Return the processor quota of the control groups, in processors."""
    quota = cpu_quota(root)
    if quota is None:
        return absent("cgroup", "no processor quota is set")
    return found(round(quota[0], 3), quota[1], "processors")


def physical_cores(root: Path, information: str, affinity: Reading) -> Reading:
    """Count distinct cores among the processors this process may use."""
    if affinity.available:
        cores = set()
        there = set(folder_names(root, _PROCESSORS) or [])
        for index in parse_index_list(str(affinity.value)):
            if f"cpu{index}" not in there:
                continue
            topology = f"{_PROCESSORS}/cpu{index}/topology"
            core = read_integer(root, f"{topology}/core_id")
            if core is not None:
                package = read_integer(root, f"{topology}/physical_package_id")
                siblings = read_line(root, f"{topology}/thread_siblings_list")
                # core_id alone repeats per package and, on some parts, per cluster.
                cores.add((package, core, siblings))
        if cores:
            return found(len(cores), _PROCESSORS, "within the affinity")
    pairs = set()
    for block in information.split("\n\n"):
        socket, identity = field(block, "physical id"), field(block, "core id")
        if identity is not None:
            pairs.add((socket, identity))
    if pairs:
        return found(len(pairs), "/proc/cpuinfo")
    return unknown("/proc/cpuinfo", "neither sysfs nor cpuinfo tells cores from threads")


def _within(affinity: str, cpuset: tuple[str, str] | None) -> Reading:
    if cpuset is None:
        return found(affinity, "/proc/self/status")
    both = set(parse_index_list(affinity)) & set(parse_index_list(cpuset[0]))
    if not both or len(both) == len(parse_index_list(affinity)):
        # Processors that are numbered anew inside a sandbox share no index with the group's list.
        return found(affinity, "/proc/self/status")
    return found(",".join(map(str, sorted(both))), cpuset[1], "affinity within the cpuset")
