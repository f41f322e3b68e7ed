"""What stands between any program and an NVIDIA card: container, Windows, WSL, driver.

Nothing of it depends on the wheel, and no wheel can mend it.
"""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.case import Case
from probes.frameworks.vendors.permission import forbidden_node

# Codes of the hardware look that explain an invisible card by themselves.
_DRIVER_CODES = (
    "DRIVER_LIBRARY_MISMATCH",
    "DRIVER_NOT_LOADED",
    "NO_PERMISSION",
    "NVML_MISSING",
    "FOREIGN_PYNVML",
)
# What a container without the card and one without the driver look like from inside.
_NOT_REACHED = ("NVML_MISSING", "DRIVER_NOT_LOADED")
_LAST_ON_WINDOWS = (2, 10)
_START = {
    "kubernetes": "Ask for the card in the pod: resources.limits: {nvidia.com/gpu: 1}",
    "podman": "podman run --device nvidia.com/gpu=all …",
    "apptainer": "apptainer exec --nv …",
    "singularity": "singularity exec --nv …",
}


def system_reason(case: Case, stderr: str) -> Reason | None:
    """Return the outermost cause, ``None`` if the system lets programs use the card."""
    return _container(case, stderr) or _windows(case) or _wsl(case, stderr) or _driver(case)


def _container(case: Case, stderr: str) -> Reason | None:
    machine = case.machine
    if machine.container is None or any(card.assumed for card in machine.cards):
        return None
    lost = machine.driver_code in (None, "UNKNOWN", "CONTAINER_LOST_GPU") and (
        "unknown error" in machine.driver_words.lower()
    )
    if lost or machine.driver_code == "CONTAINER_LOST_GPU":
        return case.reason("CONTAINER_LOST_GPU", machine.driver_words)
    nodes = any("/nvidia" in str(node.get("path")) for node in machine.nodes)
    unreached = machine.driver_code in _NOT_REACHED or machine.driver is None
    if machine.driver_code == "CONTAINER_WITHOUT_GPU" or (unreached and not nodes):
        start = _START.get(machine.container, "docker run --gpus all …")
        raw = machine.driver_words or stderr
        return case.reason("CONTAINER_WITHOUT_GPU", raw, start=start)
    return None


def _windows(case: Case) -> Reason | None:
    if case.framework != "tensorflow" or case.machine.system != "windows":
        return None
    parts = tuple(int(part) for part in case.version.split(".")[:2] if part.isdecimal())
    return case.reason("WINDOWS_NATIVE_TF") if parts > _LAST_ON_WINDOWS else None


def _wsl(case: Case, stderr: str) -> Reason | None:
    machine = case.machine
    if not machine.wsl or any(card.assumed for card in machine.cards):
        return None
    unreached = machine.driver_code in _NOT_REACHED or machine.driver is None
    if machine.driver_code == "WSL_LIBRARIES_HIDDEN" or unreached or not machine.wsl_libraries:
        return case.reason("WSL_LIBRARIES_HIDDEN", machine.driver_words or stderr)
    return None


def _driver(case: Case) -> Reason | None:
    machine = case.machine
    if machine.driver_code not in _DRIVER_CODES:
        return None
    if machine.driver_code == "FOREIGN_PYNVML" and machine.driver is not None:
        return None
    node = forbidden_node(machine, "/nvidia")
    fields = {
        "group": (node or {}).get("group") or "video",
        "node": (node or {}).get("path") or "the NVIDIA device",
    }
    return case.reason(machine.driver_code, machine.driver_words, **fields)
