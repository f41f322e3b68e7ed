"""Which other processes hold memory of an NVIDIA card, and under what name.

Only the file name of a program is kept: its path and its arguments are its user's affair.
In a container the numbers are those of the host, so a name may be missing.
"""

from __future__ import annotations

import os
import re
from typing import Any

from probes.machine.gpu import GpuProcess
from probes.machine.nvml_answers import ask
from probes.machine.plausible import amount, whole
from probes.machine.sanitise import plain

_LISTS = ("nvmlDeviceGetComputeRunningProcesses", "nvmlDeviceGetGraphicsRunningProcesses")
# Older drivers have the list under the name of its second version only.
_OLD_SUFFIX = "_v2"
_MOST = 64


def other_processes(module: Any, handle: Any) -> list[GpuProcess] | None:
    """Return the processes, largest first and not this one, or ``None`` if the driver is silent."""
    known = False
    chosen: dict[int, int | None] = {}
    for name in _LISTS:
        rows = _rows(module, handle, name)
        known = known or rows is not None
        for row in rows or []:
            pid = whole(getattr(row, "pid", None), 1, (1 << 31) - 1)
            if pid is not None and pid != os.getpid():
                chosen[pid] = amount(getattr(row, "usedGpuMemory", None))
    if not known:
        return None
    largest = sorted(chosen, key=lambda pid: -(chosen[pid] or 0))[:_MOST]
    return [
        GpuProcess(pid=pid, name=_name(module, pid), memory_bytes=chosen[pid]) for pid in largest
    ]


def program_name(words: str) -> str | None:
    """Return the file name in a command: ``python3`` for ``/usr/bin/python3 train.py --key …``."""
    command = words.strip()
    if command.startswith("/"):
        command = command.split(" ")[0]
    name = re.split(r"[\\/]", command)[-1]
    return plain(name)[:80] or None


def _rows(module: Any, handle: Any, name: str) -> list[Any] | None:
    answer = ask(module, lambda: getattr(module, name)(handle))
    if answer.error:
        answer = ask(module, lambda: getattr(module, f"{name}{_OLD_SUFFIX}")(handle))
    return answer.value if isinstance(answer.value, list) else None


def _name(module: Any, pid: int) -> str | None:
    words = ask(module, lambda: module.nvmlSystemGetProcessName(pid)).value
    return program_name(plain(str(words))) if words else None
