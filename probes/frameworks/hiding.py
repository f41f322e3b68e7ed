"""Environment variables that hide every card of a vendor from a framework.

A hidden card looks like a missing one to everything that is asked after it, so this comes first.
"""

from __future__ import annotations

from probes.frameworks.machine import Machine

_NOTHING = ("", "-1", "none", "void", "nodevfiles")
_BY_VENDOR = {
    "nvidia": ("CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES"),
    "amd": ("HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES"),
    "intel": ("ONEAPI_DEVICE_SELECTOR",),
    "google": ("TPU_VISIBLE_CHIPS", "TPU_VISIBLE_DEVICES"),
}
_JAX = {"nvidia": ("cuda", "gpu"), "amd": ("rocm", "gpu"), "google": ("tpu",), "intel": ("xpu",)}


def hidden_by(vendor: str, framework: str, machine: Machine) -> tuple[str, str] | None:
    """Return the variable that hides the vendor's cards, and its value."""
    for variable in _BY_VENDOR.get(vendor, ()):
        value = machine.environment.get(variable)
        if value is not None and _hides(variable, value.strip(), len(machine.of(vendor))):
            return variable, value
    platforms = machine.environment.get("JAX_PLATFORMS", "").lower()
    wanted = _JAX.get(vendor, ()) if framework == "jax" and platforms else ()
    if wanted and not any(name in platforms.split(",") for name in wanted):
        return "JAX_PLATFORMS", platforms
    return None


def _hides(variable: str, value: str, cards: int) -> bool:
    if variable == "ONEAPI_DEVICE_SELECTOR":
        return bool(value) and "gpu" not in value.lower() and "*:*" not in value
    # An index that no card has ends the list there, as the CUDA programming guide says.
    first = value.split(",")[0].strip()
    beyond = first.isascii() and first.isdecimal() and len(first) < 6 and int(first) >= cards > 0
    return value.lower() in _NOTHING or beyond
