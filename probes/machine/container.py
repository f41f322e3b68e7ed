"""Whether this process runs in a container, by the traces that each runtime leaves.

No trace is proof of the contrary: a runtime may leave none. Must not need any privilege.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from probes.evidence import Reading, absent, found
from probes.machine.files import below, read_line, read_text
from probes.machine.sanitise import plain

FACTS = ("container",)
_VARIABLES = (
    ("KUBERNETES_SERVICE_HOST", "kubernetes"),
    ("APPTAINER_CONTAINER", "apptainer"),
    ("SINGULARITY_CONTAINER", "singularity"),
)
_FILES = (
    ("/var/run/secrets/kubernetes.io/serviceaccount", "kubernetes"),
    ("/run/secrets/kubernetes.io/serviceaccount", "kubernetes"),
    ("/.singularity.d", "apptainer"),
    ("/run/.containerenv", "podman"),
    ("/.dockerenv", "docker"),
)
_GROUPS = (
    ("kubepods", "kubernetes"),
    ("docker", "docker"),
    ("libpod", "podman"),
    ("/lxc/", "lxc"),
    ("lxc.payload", "lxc"),
    ("machine.slice", "systemd-nspawn"),
)
# With control groups v2 and a namespace of its own, a container sees its group as "/". What the
# runtime mounts over three files still names the runtime.
_MOUNTED = ("/etc/hosts", "/etc/hostname", "/etc/resolv.conf")
_MOUNTS = (
    ("/kubelet/pods/", "kubernetes"),
    ("/docker/containers/", "docker"),
    ("/overlay-containers/", "podman"),
    ("/containerd/", "containerd"),
)


def look(root: Path, environment: Mapping[str, str]) -> dict[str, Reading]:
    """Return the reading ``container``: the name of the runtime."""
    return {"container": find_container(root, environment)}


def find_container(root: Path, environment: Mapping[str, str]) -> Reading:
    """Return the runtime by the first trace that is found; the outermost name wins."""
    for variable, name in _VARIABLES:
        if variable in environment:
            return found(name, variable)
    for file, name in _FILES:
        if below(root, file).exists():
            return found(name, file)
    for source in ("/proc/self/cgroup", "/proc/1/cgroup"):
        groups = read_text(root, source) or ""
        for word, name in _GROUPS:
            if word in groups:
                return found(name, source)
    for line in (read_text(root, "/proc/self/mountinfo") or "").splitlines():
        fields = line.split()
        if len(fields) > 4 and fields[4] in _MOUNTED:
            for word, name in _MOUNTS:
                if word in fields[3]:
                    return found(name, "/proc/self/mountinfo")
    named = plain(environment.get("container", ""))
    if named:
        return found(named, "variable container")
    told = read_line(root, "/run/systemd/container")
    if told:
        return found(told, "/run/systemd/container")
    return absent("/proc, /run and variables", "no sign of a container")
