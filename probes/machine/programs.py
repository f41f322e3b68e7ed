"""Runs a vendor's program, such as ``nvidia-smi``, with a limit on its time and on its words.

Such a program can hang with the driver it asks, and can print without end. It and whatever it
starts are ended with the limit. Must not interpret what the program says.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from probes.machine.files import below

_MOST_BYTES = 1 << 20
_LANGUAGE = {"LC_ALL": "C", "LANG": "C"}


class ProgramAnswer(Struct, frozen=True):
    """What a program printed and how it ended; ``problem`` says why there is no answer."""

    text: str = ""
    complaint: str = ""
    status: int | None = None
    problem: str = ""


def find_program(root: Path, name: str, *places: str) -> str | None:
    """Return the program at one of ``places`` below the root, else, on this machine, on PATH."""
    for place in places:
        if below(root, place).is_file():
            return str(below(root, place))
    return shutil.which(name) if root == Path("/") else None


def ask_program(command: Sequence[str], limit_seconds: float) -> ProgramAnswer:
    """Run a program to its end or its limit, whichever comes first."""
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **_LANGUAGE},
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return ProgramAnswer(problem=f"{type(error).__name__}: {error}")
    assert process.stdout is not None and process.stderr is not None
    outputs = [bytearray(), bytearray()]
    readers = [
        threading.Thread(target=_read, args=(stream, output), daemon=True)
        for stream, output in zip((process.stdout, process.stderr), outputs, strict=True)
    ]
    for reader in readers:
        reader.start()
    problem = ""
    try:
        process.wait(limit_seconds)
    except subprocess.TimeoutExpired:
        problem = f"no answer within {limit_seconds:g} s"
    _end(process, readers)
    text, complaint = (bytes(output).decode("utf-8", "replace") for output in outputs)
    return ProgramAnswer(text, complaint, process.returncode, problem)


def _read(stream: IO[bytes], output: bytearray) -> None:
    with contextlib.suppress(OSError, ValueError):
        # Read on past the limit: a program that floods its pipe ends by itself or at its time.
        while piece := os.read(stream.fileno(), 1 << 16):
            output += piece[: max(0, _MOST_BYTES - len(output))]


def _end(process: subprocess.Popen[bytes], readers: Sequence[threading.Thread]) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        # A program stuck inside the kernel cannot even be killed; it is left behind.
        process.wait(0.2)
    for reader in readers:
        reader.join(0.2)
    if not any(reader.is_alive() for reader in readers):
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
