"""From a record to verdicts, reasons and a plan. Pure: any machine gives the same answer."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from probes.doctor.record import Record
from probes.document import Framework
from probes.frameworks.builds import Build, published
from probes.frameworks.judge import judge
from probes.frameworks.machine import Machine, read_machine
from probes.frameworks.plan import Planned, plan


class Diagnosis(Struct, frozen=True, kw_only=True):
    """What a record means."""

    machine: Machine
    frameworks: dict[str, Framework]
    plan: list[Planned]


def diagnose(record: Record, builds: Sequence[Build] | None = None) -> Diagnosis:
    """Return verdicts for what is installed, and what would work if it were."""
    known = published().builds if builds is None else builds
    machine = read_machine(record.hardware, record.environment)
    python = record.assumed.get("python")
    return Diagnosis(
        machine=machine,
        frameworks=judge(
            record.frameworks, record.hardware, record.environment, builds=known, python=python
        ),
        plan=plan(machine, python or _python(record), known),
    )


def _python(record: Record) -> str | None:
    """Return the Python to plan for: that of the first interpreter, else the machine's."""
    for wheels in record.frameworks.wheels.values():
        if wheels.python:
            return wheels.python
    python = record.hardware.get("python")
    return str(python.value) if python is not None and python.available else None
