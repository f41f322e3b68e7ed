"""The fallback where NVML cannot be loaded into this interpreter: the program ``nvidia-smi``.

Under WSL the program lies outside PATH. Free text of a foreign program: only the columns asked for
are read, and anything unexpected makes the answer "no answer", never a guess.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

from msgspec import to_builtins

from probes.document import Gpu
from probes.evidence import Reading, failed, found
from probes.machine.files import below
from probes.plain_text import clean_line

_COLUMNS = ("name", "uuid", "memory.total", "memory.free", "compute_cap", "driver_version")
_WSL = "/usr/lib/wsl/lib/nvidia-smi"
_LIMIT_SECONDS = 1.5
_MEBIBYTE = 1 << 20


def look(root: Path, limit_seconds: float = _LIMIT_SECONDS) -> dict[str, Reading] | None:
    """Return ``gpus`` and ``nvidia-driver``, or ``None`` if there is no such program."""
    program = _program(root)
    if program is None:
        return None
    try:
        answer = subprocess.run(
            [program, f"--query-gpu={','.join(_COLUMNS)}", "--format=csv,noheader,nounits"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit_seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return _both(failed("nvidia-smi", f"{type(error).__name__}: {error}"))
    text = answer.stdout.decode("utf-8", "replace")
    if answer.returncode != 0:
        words = clean_line(text + answer.stderr.decode("utf-8", "replace"))
        return _both(failed("nvidia-smi", words, _code(words)))
    cards = [card for row in csv.reader(text.splitlines()) if (card := _card(row)) is not None]
    if not cards:
        return _both(failed("nvidia-smi", f"answered in an unknown form: {clean_line(text)}"))
    return {
        "gpus": found([to_builtins(card) for card in cards], "nvidia-smi"),
        "nvidia-driver": found(cards[0].driver, "nvidia-smi"),
    }


def _program(root: Path) -> str | None:
    under_wsl = below(root, _WSL)
    if under_wsl.is_file():
        return str(under_wsl)
    return shutil.which("nvidia-smi") if root == Path("/") else None


def _both(reading: Reading) -> dict[str, Reading]:
    return {"gpus": reading, "nvidia-driver": reading}


def _code(words: str) -> str:
    lower = words.lower()
    if "version mismatch" in lower:
        return "DRIVER_LIBRARY_MISMATCH"
    if "couldn't communicate with the nvidia driver" in lower:
        return "DRIVER_NOT_LOADED"
    if "insufficient permissions" in lower:
        return "NO_PERMISSION"
    return "UNKNOWN"


def _card(row: list[str]) -> Gpu | None:
    if len(row) != len(_COLUMNS):
        return None
    name, uuid, total, free, capability, driver = (clean_line(cell) for cell in row)
    if not name or not driver:
        return None
    return Gpu(
        vendor="nvidia",
        name=name,
        uuid=uuid or None,
        memory_total_bytes=_mebibytes(total),
        memory_free_bytes=_mebibytes(free),
        compute_capability=capability if capability.replace(".", "").isdecimal() else None,
        driver=driver,
    )


def _mebibytes(text: str) -> int | None:
    return int(text) * _MEBIBYTE if text.isdecimal() else None
