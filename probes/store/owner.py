"""Which process measures a run, so that a run whose process is gone is not taken for a running one.

A process is its number, the moment it started (numbers are used again), and the system it is a
process of (a home may be shared by hosts and containers). On Linux the start is counted from the
start of the system, because psutil's time of day moves when somebody sets the clock.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import msgspec

FORGOTTEN_SECONDS = 86_400.0
"""A run on a system that cannot be asked counts as running for a day after its last news."""
_PROC = Path("/proc")
_START = 19
"""Place of the start in /proc/PID/stat, counted behind the name: proc(5), field 22."""


class Owner(msgspec.Struct, frozen=True):
    """A process; `boot` and `space` are empty where the system does not tell them."""

    pid: int
    start: str
    host: str
    boot: str
    space: str


def this_process() -> Owner:
    """Return the process that runs this."""
    pid = os.getpid()
    return Owner(
        pid=pid,
        start=_start(pid) or "",
        host=socket.gethostname(),
        boot=_boot(),
        space=_space(),
    )


def is_gone(owner: Owner | None, silent_seconds: float) -> bool:
    """Say whether a process has ended.

    Args:
        owner: The process; None if nothing is known of it.
        silent_seconds: Time since it was last heard of; decides where it cannot be asked.
    """
    if owner is None:
        return True
    here = (socket.gethostname(), _boot(), _space())
    if (owner.host, owner.boot, owner.space) == here:
        return _start(owner.pid) != owner.start
    if owner.host == here[0] and owner.boot and here[1] and owner.boot != here[1]:
        return True  # the system was started anew since
    return silent_seconds > FORGOTTEN_SECONDS


def _start(pid: int) -> str | None:
    """Return when a process started, in no unit; None if there is no such process."""
    if sys.platform == "linux":
        try:
            text = (_PROC / str(pid) / "stat").read_text(errors="replace")
        except PermissionError:
            return ""
        except OSError:
            return None
        fields = text.rpartition(")")[2].split()
        # A zombie has ended; only its parent has not looked yet.
        return None if len(fields) <= _START or fields[0] in "ZX" else fields[_START]
    import psutil

    try:
        return f"{psutil.Process(pid).create_time():.1f}"
    except psutil.NoSuchProcess:
        return None
    except psutil.Error:
        return ""


def _boot() -> str:
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _space() -> str:
    try:
        return str((_PROC / "self/ns/pid").readlink())
    except OSError:
        return ""
