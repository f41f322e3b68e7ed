"""The fallback where NVML cannot be loaded into this interpreter: the program ``nvidia-smi``.

Under WSL the program lies outside PATH. Free text of a foreign program: only the columns asked for
are read, and anything unexpected makes the answer "no answer", never a guess.
"""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from probes.evidence import Reading, failed, found, unknown
from probes.machine.gpu import Gpu
from probes.machine.plausible import temperature, whole
from probes.machine.programs import ProgramAnswer, ask_program, find_program
from probes.machine.sanitise import plain

# An old program refuses the whole question for one column that it does not know.
_FEW = ("name", "uuid", "memory.total", "memory.free", "driver_version")
_MORE = ("pci.bus_id", "pci.device_id", "compute_cap", "mig.mode.current", "temperature.gpu")
COLUMNS: tuple[tuple[str, ...], ...] = ((*_FEW, *_MORE, "driver_model.current"), _FEW)
_WSL = "/usr/lib/wsl/lib/nvidia-smi"
_SOURCE = "nvidia-smi"
_LIMIT_SECONDS = 1.5
_MEBIBYTE = 1 << 20
_MOST_CARDS = 64
_NOT_THERE = ("[N/A]", "N/A", "[Not Supported]", "Not Supported")


def look(root: Path, limit_seconds: float = _LIMIT_SECONDS) -> dict[str, Reading] | None:
    """Return ``gpus`` and ``nvidia-driver``, or ``None`` if there is no such program."""
    program = find_program(root, _SOURCE, _WSL)
    if program is None:
        return None
    deadline = time.monotonic() + limit_seconds
    answer, columns = ProgramAnswer(), COLUMNS[0]
    for columns in COLUMNS:
        question = [program, f"--query-gpu={','.join(columns)}", "--format=csv,noheader,nounits"]
        answer = ask_program(question, max(0.05, deadline - time.monotonic()))
        if answer.problem or "not a valid field" not in answer.text + answer.complaint:
            break
    return _interpret(answer, columns, limit_seconds)


def _interpret(
    answer: ProgramAnswer, columns: tuple[str, ...], limit_seconds: float
) -> dict[str, Reading]:
    if answer.problem.startswith("no answer"):
        return _both(unknown(_SOURCE, f"no answer within {limit_seconds:g} s"))
    if answer.problem:
        return _both(failed(_SOURCE, answer.problem))
    if answer.status != 0:
        words = plain(answer.text + answer.complaint)
        return _both(failed(_SOURCE, words, _code(words)))
    try:
        rows = list(csv.reader(answer.text.splitlines()[:_MOST_CARDS], skipinitialspace=True))
    except csv.Error:
        rows = []
    cards = [card for row in rows if (card := _card(row, columns)) is not None]
    if not cards:
        return _both(failed(_SOURCE, f"answered in an unknown form: {plain(answer.text)}"))
    return {
        "gpus": found([to_builtins(card) for card in cards], _SOURCE),
        "nvidia-driver": found(cards[0].driver, _SOURCE),
    }


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


def _card(row: list[str], columns: tuple[str, ...]) -> Gpu | None:
    if len(row) != len(columns):
        return None
    cells = {column: plain(cell) for column, cell in zip(columns, row, strict=True)}
    name, driver = cells["name"], cells["driver_version"]
    if not name or not driver:
        return None
    unified = cells["memory.total"] in _NOT_THERE
    capability = cells.get("compute_cap", "")
    return Gpu(
        vendor="nvidia",
        name=name,
        uuid=_there(cells["uuid"]),
        pci_id=_pci_id(cells.get("pci.device_id", "")),
        pci_address=_address(cells.get("pci.bus_id", "")),
        memory_total_bytes=_mebibytes(cells["memory.total"]),
        memory_free_bytes=_mebibytes(cells["memory.free"]),
        unified_memory=unified,
        compute_capability=capability if re.fullmatch(r"\d{1,2}\.\d", capability) else None,
        driver=driver,
        driver_model=_choice(cells.get("driver_model.current"), "WDDM", "TCC", "MCDM"),
        mig={"Enabled": "on", "Disabled": "off"}.get(cells.get("mig.mode.current", "")),  # type: ignore[arg-type]
        temperature_celsius=temperature(cells.get("temperature.gpu", "")),
    )


def _there(cell: str) -> str | None:
    return None if not cell or cell in _NOT_THERE else cell


def _choice(cell: str | None, *choices: str) -> Any:
    return cell if cell in choices else None


def _pci_id(cell: str) -> str | None:
    match = re.fullmatch(r"0x([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})", cell)
    return f"{match[2]}:{match[1]}".lower() if match else None


def _address(cell: str) -> str | None:
    match = re.fullmatch(r"([0-9A-Fa-f]{4,8}):([0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\.\d)", cell)
    return f"{int(match[1], 16):04x}:{match[2].lower()}" if match else None


def _mebibytes(cell: str) -> int | None:
    number = whole(cell, 0, 1 << 32)
    return None if number is None else number * _MEBIBYTE
