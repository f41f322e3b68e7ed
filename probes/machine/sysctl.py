"""The processor of a Mac, by ``sysctl``.

Threads go to the performance cores: an efficiency core in a parallel section makes all of the
others wait. Names as Apple's page on instruction set characteristics gives them.
"""

from __future__ import annotations

from pathlib import Path

from probes.evidence import Reading, absent, found, unknown
from probes.machine.cpu_cores import usable_threads
from probes.machine.cpu_information import telling
from probes.machine.plausible import whole
from probes.machine.programs import ask_program, find_program

NAMES = (
    "machdep.cpu.brand_string",
    "hw.physicalcpu",
    "hw.logicalcpu",
    "hw.perflevel0.physicalcpu",
    "hw.optional",
)
_SOURCE = "sysctl"
_LIMIT_SECONDS = 1.0
_MOST_PROCESSORS = 4096


def look(root: Path) -> dict[str, Reading] | None:
    """Return the readings of the processor, or ``None`` where there is no ``sysctl``."""
    program = find_program(root, "sysctl", "/usr/sbin/sysctl")
    if program is None:
        return None
    answer = ask_program([program, *NAMES], _LIMIT_SECONDS)
    # Each Mac lacks some of the names; sysctl complains of those and prints the others.
    return interpret(answer.text) if ":" in answer.text else None


def interpret(text: str) -> dict[str, Reading]:
    """Return the readings from lines ``name: value``. Pure."""
    table = dict(_pairs(text))
    model = table.get("machdep.cpu.brand_string")
    physical = _number(table, "hw.physicalcpu")
    fast = _number(table, "hw.perflevel0.physicalcpu")
    quota = absent("macOS", "this system has no control groups")
    flags = _flags(table)
    logical = _number(table, "hw.logicalcpu")
    usable = usable_threads(fast.integer() or logical.integer(), quota, physical)
    return {
        "cpu-model": found(model, _SOURCE) if model else unknown(_SOURCE, "names no model"),
        "cpu-flags": (
            found(flags, _SOURCE, "only flags that decide about kernels")
            if flags
            else unknown(_SOURCE, "lists no optional features")
        ),
        "cpu-physical-cores": physical,
        "cpu-logical-cores": logical,
        "cpu-affinity": unknown("macOS", "this system has no affinity"),
        "cpu-quota": quota,
        "cpu-usable-threads": (
            found(usable.value, _SOURCE, "one for each performance core")
            if usable.available and fast.available and usable.integer() == fast.integer()
            else usable
        ),
    }


def _pairs(text: str) -> list[tuple[str, str]]:
    rows = (line.partition(":") for line in text.splitlines())
    return [(key.strip(), value.strip()) for key, colon, value in rows if colon]


def _number(table: dict[str, str], name: str) -> Reading:
    number = whole(table.get(name, ""), 1, _MOST_PROCESSORS)
    return unknown(_SOURCE, f"has no {name}") if number is None else found(number, _SOURCE)


def _flags(table: dict[str, str]) -> list[str]:
    """Return the optional features that are there, under the names that Linux gives them."""
    there = [
        name for name, value in table.items() if name.startswith("hw.optional.") and value == "1"
    ]
    plain = [name.rsplit(".", 1)[1].lower().removeprefix("feat_") for name in there]
    return telling([_LINUX_NAMES.get(name, name) for name in plain])


_LINUX_NAMES = {"avx1_0": "avx", "avx2_0": "avx2", "sse4_1": "sse4_1", "advsimd": "asimd"}
