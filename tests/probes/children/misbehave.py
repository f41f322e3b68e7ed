"""A child that does what its job says; none of it is what a good child does."""

from __future__ import annotations

import inspect
import os
import signal
import subprocess
import sys
from typing import Any


def main(job: dict[str, Any], emit: Any) -> None:
    emit({"said": "hello"})
    getattr(sys.modules[__name__], job["do"])(job, emit)


def crash(job: dict[str, Any], emit: Any) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fail(job: dict[str, Any], emit: Any) -> None:
    raise RuntimeError("as told\x1b[31m")


def hang(job: dict[str, Any], emit: Any) -> None:
    signal.pause()


def hang_with_grandchild(job: dict[str, Any], emit: Any) -> None:
    code = "import signal; signal.pause()"
    grandchild = subprocess.Popen([sys.executable, "-c", code])
    emit({"grandchild": grandchild.pid})
    signal.pause()


def leave_grandchild(job: dict[str, Any], emit: Any) -> None:
    code = "import signal; signal.pause()"
    grandchild = subprocess.Popen([sys.executable, "-c", code])
    emit({"grandchild": grandchild.pid})


def chatter(job: dict[str, Any], emit: Any) -> None:
    """Print to standard output in every way there is, as frameworks do."""
    print('{"said": "not a result"}', flush=True)
    os.write(1, b"raw bytes on descriptor one\n")
    emit({"said": "result"})


def say(job: dict[str, Any], emit: Any) -> None:
    """Write a line that begins as a result does."""
    pipe = inspect.getclosurevars(emit).nonlocals
    pipe["stream"].write(pipe["token"] + job["said"] + "\n")
    emit({"said": "result"})


def flood(job: dict[str, Any], emit: Any) -> None:
    for _ in range(200):
        os.write(2, b"x" * 65536)
    os.write(2, b"\nthe last words\n")
    emit({"said": "result"})


def where(job: dict[str, Any], emit: Any) -> None:
    import probes

    emit({"file": probes.__file__, "path": sys.path})
