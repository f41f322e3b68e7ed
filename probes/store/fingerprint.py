"""What of a machine decides about speed, as words and as one short mark.

Two runs can be compared only where the marks are equal. What changes from hour to hour (free
memory, load, temperature) and who the machine is (its name, ids of its cards) stays out of it.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from probes.evidence import Reading
from probes.plain_text import clean_line

_UNKNOWN = "unknown"
_NONE = "none"
_LONGEST = 200
_MARK_BYTES = 6
_NUMBERS = (
    ("physical cores", "cpu-physical-cores"),
    ("logical cores", "cpu-logical-cores"),
    ("usable threads", "cpu-usable-threads"),
)
_RECOGNISED_BY = ("processor", "physical cores", "logical cores")
"""A document that tells none of these could be of any machine."""

Facts = dict[str, str]


def machine_facts(hardware: Mapping[str, Reading]) -> Facts:
    """Return what decides about speed: label → words, the same words for the same machine."""
    facts = {"processor": _words(hardware.get("cpu-model"))}
    facts["architecture"] = _words(hardware.get("architecture"))
    facts["instructions"] = _instructions(hardware.get("cpu-flags"))
    for label, fact in _NUMBERS:
        facts[label] = _words(hardware.get(fact))
    facts["memory"] = _memory(hardware)
    facts["cards"] = _cards(hardware.get("gpus"))
    facts["TPU"] = _tpu(hardware.get("tpu"))
    facts["driver"] = _words(hardware.get("nvidia-driver"))
    facts["ROCm"] = _words(hardware.get("rocm"))
    facts["system"] = _system(hardware)
    return facts


def fingerprint(facts: Mapping[str, str]) -> str:
    """Return the mark of a machine; empty if the facts do not tell which one it is."""
    if all(facts.get(label, _UNKNOWN) == _UNKNOWN for label in _RECOGNISED_BY):
        return ""
    raw = msgspec.json.encode(sorted(facts.items()))
    return hashlib.blake2b(raw, digest_size=_MARK_BYTES).hexdigest()


def memory_class(size: object) -> str:
    """Return a size of memory in steps of √2: what the system keeps for itself may vary."""
    if isinstance(size, bool) or not isinstance(size, int | float) or not 2**20 <= size < 2**60:
        return _UNKNOWN
    gibibytes = 2 ** (round(2 * math.log2(size / 2**30)) / 2)
    return f"about {gibibytes:.2g} GiB" if gibibytes < 10 else f"about {gibibytes:.0f} GiB"


def _words(reading: Reading | None) -> str:
    if reading is None or reading.status in ("unknown", "error"):
        return _UNKNOWN
    if not reading.available:
        return _NONE
    return _short(reading.value)


def _instructions(reading: Reading | None) -> str:
    if reading is not None and reading.available and isinstance(reading.value, list):
        return _short(" ".join(sorted(map(str, reading.value)))) or _NONE
    return _words(reading)


def _memory(hardware: Mapping[str, Reading]) -> str:
    sizes = [
        reading.value
        for fact in ("memory-total-bytes", "memory-limit-bytes")
        if (reading := hardware.get(fact)) is not None
        and reading.available
        and isinstance(reading.value, int | float)
    ]
    return memory_class(min(sizes)) if sizes else _UNKNOWN


def _cards(reading: Reading | None) -> str:
    if reading is None or not reading.available or not isinstance(reading.value, list):
        return _words(reading)
    counted = Counter(_card(card) for card in reading.value if isinstance(card, dict))
    return _short(", ".join(f"{n} × {name}" for name, n in sorted(counted.items()))) or _NONE


def _card(card: Mapping[str, Any]) -> str:
    parts = [_short(card.get("name"))]
    memory = memory_class(card.get("memory_total_bytes"))
    parts += [memory] if memory != _UNKNOWN else []
    slices = card.get("mig_instances")
    if card.get("mig") == "on" and isinstance(slices, list):
        names = Counter(str(one.get("name")) for one in slices if isinstance(one, dict))
        parts += [f"{n} × {name}" for name, n in sorted(names.items())]
    return f"{parts[0]} ({'; '.join(parts[1:])})" if parts[1:] else parts[0]


def _tpu(reading: Reading | None) -> str:
    if reading is None or not reading.available or not isinstance(reading.value, dict):
        return _words(reading)
    return _short(f"{reading.value.get('chips')} × {reading.value.get('generation')}")


def _system(hardware: Mapping[str, Reading]) -> str:
    wsl = hardware.get("wsl")
    inside = wsl is not None and wsl.available and bool(wsl.value)
    return _words(hardware.get("operating-system")) + (" (WSL)" if inside else "")


def _short(value: object) -> str:
    return clean_line(str(value), _LONGEST)
