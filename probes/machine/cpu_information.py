"""Reads ``/proc/cpuinfo``: model and flags, on x86, Arm and others. Pure."""

from __future__ import annotations

import platform
import re

from probes.evidence import Reading, found, unknown
from probes.plain_text import clean_line

_SOURCE = "/proc/cpuinfo"
# The flags that decide which kernels a framework can use; hundreds of others are noise here.
_TELLING = re.compile(r"(?:amx|asimd|avx|f16c|fma|i8mm|neon|sse4|sve)\w*|sme(?:2|_\w+)?|\w*bf16\w*")


def field(information: str, *names: str) -> str | None:
    """Return the first entry of one of these names that has a value, on one line."""
    for line in information.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in names and value.strip():
            return clean_line(value)
    return None


def read_model(information: str) -> Reading:
    """Return the name of the processor, or its part number."""
    model = field(information, "model name", "Model", "Hardware", "cpu model", "cpu")
    if model:
        return found(model, _SOURCE)
    part = field(information, "CPU part")
    if part:
        return found(f"{platform.machine()} part {part}", _SOURCE)
    return unknown(_SOURCE, "names no model")


def read_flags(information: str) -> Reading:
    """Return the flags that decide which kernels can run, sorted."""
    for line in information.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in ("flags", "Features"):
            return found(telling(value.split()), _SOURCE, "only flags that decide about kernels")
    return unknown(_SOURCE, "lists no flags")


def count_processors(information: str) -> Reading:
    """Return how many logical processors are listed."""
    listed = sum(line.startswith("processor") for line in information.splitlines())
    return found(listed, _SOURCE) if listed else unknown(_SOURCE, "lists none")


def telling(flags: list[str]) -> list[str]:
    """Return those flags that decide which kernels a framework can use, sorted."""
    return sorted({flag for flag in flags if _TELLING.fullmatch(flag)})
