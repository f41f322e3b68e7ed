"""AMD's compile targets: which one a card is run as, and whether a build holds code for it.

There is nothing like PTX: a target that is not in the list has no code. Other targets can be
pretended (HSA_OVERRIDE_GFX_VERSION), which runs their code whether or not it fits.
Source: LLVM, "User Guide for AMDGPU Backend" (names and features of targets).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# "gfx90a:sramecc+:xnack-" names features of the same target.
_TARGET = re.compile(r"^(gfx[0-9a-f]{3,4})(?::[a-z0-9+:-]*)?$")
_OVERRIDE = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{1,2})$")
OVERRIDE = "HSA_OVERRIDE_GFX_VERSION"


def read_target(text: object) -> str | None:
    """Return ``gfx90a`` for ``gfx90a:sramecc+:xnack-``, ``None`` for what is no target."""
    match = _TARGET.match(str(text))
    return match[1] if match else None


def read_targets(names: Iterable[object]) -> list[str]:
    """Return the targets among names, each once."""
    found = (read_target(name) for name in names)
    return list(dict.fromkeys(target for target in found if target is not None))


def run_as(target: str | None, environment: Mapping[str, str]) -> str | None:
    """Return the target that the runtime takes a card for: its own, or the one that is set."""
    match = _OVERRIDE.match(environment.get(OVERRIDE, "").strip())
    if match is None or target is None:
        return target
    return f"gfx{int(match[1])}{int(match[2]):x}{int(match[3]):x}"
