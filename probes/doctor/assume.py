"""Facts of another machine for planning: replaces readings, and says so in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import structs

from probes.doctor.chips import find_chip
from probes.doctor.record import Record
from probes.errors import ProbeError
from probes.evidence import ASSUMED, Reading
from probes.frameworks.builds import Chip
from probes.frameworks.versions import python_version

FACTS = ("gpu", "gpu-memory", "memory", "driver", "python", "platform")
_PLATFORMS = {
    "linux": ("linux", "x86_64"),
    "linux-x86_64": ("linux", "x86_64"),
    "linux-aarch64": ("linux", "aarch64"),
    "windows": ("windows", "x86_64"),
    "windows-x86_64": ("windows", "x86_64"),
    "macos": ("macos", "arm64"),
    "macos-arm64": ("macos", "arm64"),
    "macos-x86_64": ("macos", "x86_64"),
}
_SIZE = re.compile(r"^(\d{1,6}(?:\.\d{1,3})?)\s*(kb|mb|gb|tb|kib|mib|gib|tib)$", re.IGNORECASE)
_DRIVER = re.compile(r"^\d{2,4}(\.\d{1,4}){0,3}$")


def parse_assumptions(texts: Iterable[str]) -> dict[str, str]:
    """Return FACT → value from ``FACT=VALUE`` words.

    Raises:
        ProbeError: A word has another form, or there is no such fact.
    """
    answer: dict[str, str] = {}
    for text in texts:
        fact, sign, value = text.partition("=")
        if not sign or not value.strip():
            raise ProbeError(f"--assume {text[:80]!r}: expected FACT=VALUE")
        if fact not in FACTS:
            raise ProbeError(f"--assume {fact[:40]!r}: expected one of {', '.join(FACTS)}")
        answer[fact] = value.strip()
    return answer


def assume(record: Record, facts: Mapping[str, str], chips: Sequence[Chip]) -> Record:
    """Return the record with facts replaced; each says that it is assumed.

    Raises:
        ProbeError: A value cannot be understood; the message names what can.
    """
    hardware = dict(record.hardware)
    if "platform" in facts:
        system, architecture = _platform(facts["platform"])
        hardware["operating-system"] = _assumed(system)
        hardware["architecture"] = _assumed(architecture)
        hardware["wsl"] = hardware["container"] = Reading(status="absent", source=ASSUMED)
    if "memory" in facts:
        hardware["memory-total-bytes"] = _assumed(size("memory", facts["memory"]))
    if "gpu" in facts:
        hardware |= _gpu(facts, chips)
    elif "gpu-memory" in facts:
        hardware["gpus"] = _resized(hardware.get("gpus"), facts["gpu-memory"])
    if "driver" in facts:
        if not _DRIVER.match(facts["driver"]):
            raise ProbeError(f"--assume driver={facts['driver'][:40]!r}: expected such as 550.54")
        hardware["nvidia-driver"] = hardware["driver"] = _assumed(facts["driver"])
    if "python" in facts and python_version(facts["python"]) is None:
        raise ProbeError(f"--assume python={facts['python'][:40]!r}: expected such as 3.12")
    return structs.replace(record, hardware=hardware, assumed={**record.assumed, **facts})


def check_assumptions(facts: Mapping[str, str], chips: Sequence[Chip]) -> None:
    """Refuse values that cannot be understood, without a machine to apply them to.

    Raises:
        ProbeError: As :func:`assume`.
    """
    card = _assumed([{"vendor": "nvidia", "name": "any"}])
    assume(Record(tool_version="", created="", hardware={"gpus": card}), facts, chips)


def size(fact: str, text: str) -> int:
    """Return bytes for ``24GB``; the usual way of speaking of memory, so GB is 2^30."""
    match = _SIZE.match(text)
    if match is None:
        raise ProbeError(f"--assume {fact}={text[:40]!r}: expected such as 24GB")
    exponent = {"k": 1, "m": 2, "g": 3, "t": 4}[match[2][0].lower()]
    return int(float(match[1]) * 1024**exponent)


def _platform(text: str) -> tuple[str, str]:
    if text not in _PLATFORMS:
        raise ProbeError(f"--assume platform={text[:40]!r}: expected {', '.join(_PLATFORMS)}")
    return _PLATFORMS[text]


def _assumed(value: Any) -> Reading:
    return Reading(value=value, source=ASSUMED, detail="assumed, not observed")


def _gpu(facts: Mapping[str, str], chips: Sequence[Chip]) -> dict[str, Reading]:
    wanted = facts["gpu"]
    absent = Reading(status="absent", source=ASSUMED, detail="assumed, not observed")
    replaced = dict.fromkeys(("pci-accelerators", "device-nodes", "nvidia-driver", "tpu"), absent)
    if wanted.lower() == "none":
        return {**replaced, "gpus": absent}
    chip, name = find_chip(wanted, chips)
    if chip.vendor == "google":
        generation = chip.names[0].removeprefix("TPU ")
        tpu = _assumed({"generation": generation, "chips": 1})
        return {**replaced, "gpus": absent, "tpu": tpu}
    memory = facts.get("gpu-memory")
    card = {
        "vendor": chip.vendor,
        "name": name,
        "compute_capability": chip.compute,
        "gfx_target": chip.gfx,
        "memory_total_bytes": size("gpu-memory", memory) if memory else None,
    }
    return {**replaced, "gpus": _assumed([card])}


def _resized(gpus: Reading | None, text: str) -> Reading:
    memory = size("gpu-memory", text)
    rows = gpus.value if gpus is not None and isinstance(gpus.value, list) else []
    if not rows:
        raise ProbeError("--assume gpu-memory: there is no card here; add --assume gpu=NAME")
    return _assumed(
        [{**row, "memory_total_bytes": memory} for row in rows if isinstance(row, dict)]
    )
