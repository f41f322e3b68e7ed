"""Child: runs one piece of work in a copy of this process, so that it leaves nothing behind.

A copy starts where the process stands: the framework imported and nothing done with it. That
takes milliseconds where a new interpreter takes seconds. Only Linux copies a process with both
frameworks in it safely; elsewhere pieces share a process.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

AVAILABLE = sys.platform == "linux"
_GRACE_SECONDS = 15


def in_copy(
    work: Callable[[], dict[str, Any]], place: Path, seconds: float
) -> tuple[dict[str, Any], str]:
    """Return what the work returned; or nothing, and in words how its copy ended.

    ``place`` names the files through which the copy reports. The caller enforces ``seconds``; a
    while later the copy ends itself, in case that the caller is gone.
    """
    answer, errors = place.with_suffix(".answer"), place.with_suffix(".errors")
    for left in (answer, errors):
        left.unlink(missing_ok=True)
    sys.stderr.flush()
    process = os.fork()
    if process == 0:
        _work_and_end(work, answer, errors, seconds)
    _, status = os.waitpid(process, 0)
    try:
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}, _ending(os.waitstatus_to_exitcode(status), errors)
    return found, ""


def _work_and_end(
    work: Callable[[], dict[str, Any]], answer: Path, errors: Path, seconds: float
) -> NoReturn:
    status = 1
    try:
        signal.alarm(int(seconds) + _GRACE_SECONDS)
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 2)
        beside = answer.with_suffix(".part")
        beside.write_text(json.dumps(work()), encoding="utf-8")
        beside.replace(answer)
        status = 0
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode(errors="replace"))
    finally:
        os._exit(status)


def _ending(code: int, errors: Path) -> str:
    how = f"crashed (signal {-code})" if code < 0 else f"ended with status {code}"
    try:
        said = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        said = []
    return f"{how}: {said[-1]}" if said else how
