"""Resident memory of this process, and its peak, counted anew for each case.

Linux only: elsewhere the peak of a process cannot be reset, and a peak left over from an earlier
case would be booked on the wrong one. Hence ``None`` there, never a number that means less.
"""

from __future__ import annotations

from pathlib import Path

_RESET_PEAK = "5"


def reset_peak() -> bool:
    """Start counting anew (proc(5), clear_refs); return whether that worked."""
    try:
        Path("/proc/self/clear_refs").write_text(_RESET_PEAK, encoding="ascii")
    except OSError:
        return False
    return True


def peak_bytes() -> int | None:
    """Return the peak of resident memory since the reset."""
    return _status_bytes("VmHWM:")


def resident_bytes() -> int | None:
    """Return the resident memory of this moment."""
    return _status_bytes("VmRSS:")


def _status_bytes(name: str) -> int | None:
    try:
        text = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    for line in text.splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return None
