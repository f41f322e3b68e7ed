"""Why a framework does not list an NVIDIA card that is there: one reason, the deepest cause first.

Pure. The order is the order of causes: a hidden card looks the same to everything after it, and a
wheel without CUDA cannot be mended by any driver.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from probes.document import Reason
from probes.evidence import Reading
from probes.frameworks.drivers import OLDEST_DRIVER, build_cuda_major, driver_major
from probes.frameworks.install_lines import Machine, install_line
from probes.frameworks.reasons import make_reason, recognise
from probes.interpreters import NAMES

_HIDING = ("CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES")
_HIDDEN_VALUES = ("", "-1", "none", "void", "NoDevFiles")
# Codes of the hardware look that explain an invisible card by themselves.
_DRIVER_CODES = ("DRIVER_LIBRARY_MISMATCH", "DRIVER_NOT_LOADED", "NO_PERMISSION", "NVML_MISSING")


class NvidiaSituation(Struct, frozen=True, kw_only=True):
    """What the hardware look knows about NVIDIA cards; ``card`` is ``None`` where there is none."""

    card: str | None = None
    machine: Machine
    driver_code: str | None = None
    driver_words: str = ""
    hidden_by: tuple[str, str] | None = None
    forbidden_nodes: list[dict[str, Any]] = field(default_factory=list)


def nvidia_situation(
    hardware: Mapping[str, Reading], environment: Mapping[str, str]
) -> NvidiaSituation:
    """Gather the facts that decide about NVIDIA cards."""
    gpus, driver = hardware.get("gpus", Reading()), hardware.get("nvidia-driver", Reading())
    names = [gpu["name"] for gpu in _rows(gpus) if gpu.get("vendor") == "nvidia"]
    on_bus = [
        f"NVIDIA card, PCI id {row.get('device_id')}"
        for row in _rows(hardware.get("pci-accelerators", Reading()))
        if row.get("vendor") == "nvidia"
    ]
    card = next(iter(names or on_bus), None)
    return NvidiaSituation(
        card=card,
        machine=Machine(
            str(hardware.get("operating-system", Reading())),
            str(hardware.get("architecture", Reading())),
            str(driver) if driver.available and card else None,
        ),
        driver_code=driver.code,
        driver_words=driver.detail,
        hidden_by=_hidden_by(environment),
        forbidden_nodes=[
            row
            for row in _rows(hardware.get("device-nodes", Reading()))
            if "/nvidia" in str(row.get("path")) and not row.get("permitted")
        ],
    )


def explain_invisible(
    *,
    framework: str,
    interpreter: str,
    version: str,
    build: str,
    stderr: str,
    nvidia: NvidiaSituation,
) -> Reason:
    """Return the one reason why ``framework`` does not list the card."""
    fields: dict[str, object] = {
        "framework": NAMES[framework],
        "python": interpreter,
        "version": version,
        "build": build,
        "driver": nvidia.machine.driver or "here",
        "install": install_line(framework, interpreter, nvidia.machine),
    }
    if nvidia.hidden_by is not None:
        variable, value = nvidia.hidden_by
        return make_reason("HIDDEN_BY_VARIABLE", variable=variable, value=f"'{value}'", **fields)
    if nvidia.driver_code in _DRIVER_CODES:
        group = _group(nvidia)
        return make_reason(nvidia.driver_code, nvidia.driver_words, group=group, **fields)
    if build == "cpu":
        return make_reason("CPU_ONLY_WHEEL", **fields)
    needed = OLDEST_DRIVER.get(build_cuda_major(build) or 0)
    present = driver_major(nvidia.machine.driver or "")
    if needed is not None and present is not None and present < needed:
        return make_reason("DRIVER_TOO_OLD", stderr, needed=needed, **fields)
    if nvidia.forbidden_nodes:
        return make_reason("NO_PERMISSION", group=_group(nvidia), **fields)
    return _by_words(framework, build, stderr, nvidia, fields, needed)


def _by_words(
    framework: str,
    build: str,
    stderr: str,
    nvidia: NvidiaSituation,
    fields: dict[str, object],
    needed: int | None,
) -> Reason:
    known = recognise(stderr)
    if framework == "tensorflow" and build == "default":
        # Without the nvidia-* packages nothing else can be the cause on an ordinary machine.
        return make_reason("NO_CUDA_LIBRARIES", known[1] if known else "", **fields)
    if known is not None:
        code, line = known
        extra = {"needed": needed or "see its release notes", "group": _group(nvidia)}
        return make_reason(code, line, **(fields | extra))
    return make_reason(
        "UNKNOWN", stderr, what=f"{NAMES[framework]} does not list {nvidia.card}.", **fields
    )


def _group(nvidia: NvidiaSituation) -> str:
    groups = [str(row["group"]) for row in nvidia.forbidden_nodes if row.get("group")]
    return groups[0] if groups else "video"


def _hidden_by(environment: Mapping[str, str]) -> tuple[str, str] | None:
    for variable in _HIDING:
        if variable in environment and environment[variable].strip() in _HIDDEN_VALUES:
            return variable, environment[variable]
    return None


def _rows(reading: Reading) -> list[dict[str, Any]]:
    if not reading.available or not isinstance(reading.value, list):
        return []
    return [row for row in reading.value if isinstance(row, dict)]
