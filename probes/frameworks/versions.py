"""Reads the versions that decide about builds: of Python, and of NVIDIA's driver. Pure."""

from __future__ import annotations

_VERSION_PARTS = 2


def python_version(text: str | None) -> tuple[int, int] | None:
    """Return (3, 12) for ``3.12.1``, ``None`` for what is no version."""
    parts = (text or "").split(".")[:_VERSION_PARTS]
    if len(parts) < _VERSION_PARTS or not all(p.isascii() and p.isdecimal() for p in parts):
        return None
    return int(parts[0][:6]), int(parts[1][:6])


def driver_branch(driver: str | None) -> int | None:
    """Return 550 for ``550.54.15``."""
    branch = (driver or "").partition(".")[0]
    return int(branch) if branch.isascii() and branch.isdecimal() and len(branch) < 6 else None
