"""Compute capabilities, and whether a card can run what a wheel was compiled for.

SASS runs on the same major version from its minor version on; PTX runs on everything newer after
a compilation at the first start. Both rules are NVIDIA's (CUDA programming guide).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Capability = tuple[int, int]
Fit = Literal["runs", "after-compilation", "too-old", "too-new"]

# "8.9", "sm_89", "compute_120", "sm_90a"; the last digit is the minor version.
_DOTTED = re.compile(r"^(\d{1,2})\.(\d)$")
_JOINED = re.compile(r"^(?:sm|compute)_(\d{1,2})(\d)[a-z]?$")


def read_capability(text: object) -> Capability | None:
    """Return (8, 9) for ``8.9``, ``sm_89`` or ``compute_89``, ``None`` for anything else."""
    match = _DOTTED.match(str(text)) or _JOINED.match(str(text))
    return (int(match[1]), int(match[2])) if match else None


def split_architectures(names: Iterable[object]) -> tuple[list[Capability], list[Capability]]:
    """Return what a wheel says of itself as (SASS, PTX)."""
    compiled: list[Capability] = []
    portable: list[Capability] = []
    for name in names:
        capability = read_capability(name)
        if capability is not None:
            (portable if str(name).startswith("compute_") else compiled).append(capability)
    return compiled, portable


def fit(card: Capability, compiled: list[Capability], portable: list[Capability]) -> Fit | None:
    """Return whether a card runs such a build, or why not; ``None`` if nothing is known of it."""
    if not compiled and not portable:
        return None
    if any(card[0] == major and minor <= card[1] for major, minor in compiled):
        return "runs"
    if any(one <= card for one in portable):
        return "after-compilation"
    return "too-old" if card < min([*compiled, *portable]) else "too-new"


def words(capability: Capability) -> str:
    """Return ``8.9``."""
    return f"{capability[0]}.{capability[1]}"
