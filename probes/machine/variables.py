"""The variables that decide which cards a framework may see; no other variable is ever read out.

Variables can hold secrets and names of people, so this is a list of names, not a filter of words.
"""

from __future__ import annotations

from collections.abc import Mapping

from probes.evidence import Reading, absent, found
from probes.machine.sanitise import plain

FACTS = ("environment-variables",)
NAMES = (
    "CUDA_VISIBLE_DEVICES",
    "NVIDIA_VISIBLE_DEVICES",
    "HIP_VISIBLE_DEVICES",
    "ROCR_VISIBLE_DEVICES",
    "HSA_OVERRIDE_GFX_VERSION",
    "ONEAPI_DEVICE_SELECTOR",
    "JAX_PLATFORMS",
)
_PREFIXES = ("TPU_",)
_SOURCE = "environment"
_MOST = 64


def look(environment: Mapping[str, str]) -> dict[str, Reading]:
    """Return the reading ``environment-variables``: name and value of those that are set."""
    chosen = sorted(name for name in environment if name in NAMES or name.startswith(_PREFIXES))
    if not chosen:
        return {"environment-variables": absent(_SOURCE, "none of those that hide or choose cards")}
    value = {plain(name): plain(environment[name]) for name in chosen[:_MOST]}
    return {"environment-variables": found(value, _SOURCE)}
