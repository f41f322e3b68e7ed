"""NVIDIA cards that a framework does not list."""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.builds import builds_of
from probes.frameworks.cards import Card
from probes.frameworks.case import Case
from probes.frameworks.plan import driver_branch
from probes.frameworks.reasons import recognise
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
_SAID = (
    "DRIVER_LIBRARY_MISMATCH",
    "DRIVER_TOO_OLD",
    "DRIVER_NOT_LOADED",
    "NO_PERMISSION",
    "CPU_ONLY_WHEEL",
    "NO_CUDA_LIBRARIES",
    "ARCH_DROPPED",
    "MEMORY_TAKEN",
)
_CUDA_OF_BUILD = {11: 450, 12: 525, 13: 580}
_LAST_ON_WINDOWS = (2, 10)
_START = {
    "kubernetes": "Ask for the card in the pod: resources.limits: {nvidia.com/gpu: 1}",
    "podman": "podman run --device nvidia.com/gpu=all …",
    "apptainer": "apptainer exec --nv …",
    "singularity": "singularity exec --nv …",
}


def explain(case: Case, card: Card, stderr: str) -> Reason | None:
    """Return the one reason why the framework does not list the card."""
    return (
        _container(case, stderr)
        or _windows(case)
        or _wsl(case, stderr)
        or _driver(case)
        or _wheel(case, stderr)
        or _forbidden(case)
        or _split(case, card)
        or _by_words(case, card, stderr)
    )


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


def _wheel(case: Case, stderr: str) -> Reason | None:
    if case.build in ("cpu", "metal") or case.build.startswith(("rocm", "xpu")):
        return case.reason("CPU_ONLY_WHEEL", install=case.install("cuda"))
    needed = _needed(case)
    present = driver_branch(case.machine.driver)
    if needed is not None and present is not None and present < needed:
        install = case.install("cuda")
        return case.reason("DRIVER_TOO_OLD", stderr, needed=needed, install=install)
    return None


def _needed(case: Case) -> int | None:
    """Return the oldest driver branch for the installed build: by its data, else by its name."""
    known = builds_of(case.framework, case.version, case.build, case.builds)
    for build in known:
        if build.driver is not None:
            return build.driver
    digits = case.build.removeprefix("cu")[:2]
    return _CUDA_OF_BUILD.get(int(digits)) if digits.isdecimal() else None


def _forbidden(case: Case) -> Reason | None:
    node = forbidden_node(case.machine, "/nvidia")
    if node is None:
        return None
    return case.reason("NO_PERMISSION", group=node["group"], node=node["path"])


def _split(case: Case, card: Card) -> Reason | None:
    if not card.mig_on or card.mig_slices:
        return None
    return case.reason(
        "MIG_PARTIAL",
        card=card.name,
        slices=0,
        choose="sudo nvidia-smi -mig 0  (or make instances: sudo nvidia-smi mig -cgi PROFILE -C)",
    )


def _by_words(case: Case, card: Card, stderr: str) -> Reason:
    known = recognise(stderr, _SAID)
    if case.framework == "tensorflow" and case.build == "default":
        # Without the nvidia-* packages nothing else can be the cause on an ordinary machine.
        return case.reason("NO_CUDA_LIBRARIES", known[1] if known else "")
    if known is not None and known[0] not in ("ARCH_DROPPED", "MEMORY_TAKEN"):
        code, line = known
        return case.reason(
            code,
            line,
            needed=_needed(case) or "see its release notes",
            install=case.install("cuda"),
            group="video",
            node="the NVIDIA device",
        )
    return case.reason("UNKNOWN", stderr, what=f"{case.name} does not list {card.name}.")
