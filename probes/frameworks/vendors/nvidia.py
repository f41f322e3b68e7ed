"""NVIDIA cards that a framework does not list: the system, the wheel, the split, the words."""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.builds import builds_of
from probes.frameworks.cards import Card
from probes.frameworks.case import Case
from probes.frameworks.reasons import recognise
from probes.frameworks.vendors.nvidia_system import system_reason
from probes.frameworks.vendors.permission import forbidden_node
from probes.frameworks.versions import driver_branch

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


def explain(case: Case, card: Card, stderr: str) -> Reason | None:
    """Return the one reason why the framework does not list the card."""
    return (
        system_reason(case, stderr)
        or _wheel(case, stderr)
        or _forbidden(case)
        or _split(case, card)
        or _by_words(case, card, stderr)
    )


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
