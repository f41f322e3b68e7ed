"""The verdict of every framework, from raw observations alone; no I/O, so that a file replays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from probes.document import Framework
from probes.evidence import Reading
from probes.frameworks.builds import Build, published
from probes.frameworks.case import Case
from probes.frameworks.gathered import Gathered, Wheels
from probes.frameworks.interpret import interpret
from probes.frameworks.machine import Machine, read_machine
from probes.frameworks.missing import missing_framework
from probes.frameworks.stages import read_stages
from probes.interpreters import FRAMEWORKS


def judge(
    gathered: Gathered,
    hardware: Mapping[str, Reading],
    environment: Mapping[str, str] | None = None,
    *,
    builds: Sequence[Build] | None = None,
    python: str | None = None,
) -> dict[str, Framework]:
    """Return the report of every framework that was looked at.

    Args:
        gathered: Wheels and children.
        hardware: Facts of the hardware look; they explain what a framework cannot see.
        environment: Variables that hide cards.
        builds: What is published; what this version of the program knows by default.
        python: Version to plan with instead of the interpreter's own.
    """
    machine = read_machine(hardware, environment)
    known = published().builds if builds is None else builds
    return {
        framework: _judge_one(framework, gathered, machine, known, python)
        for framework in FRAMEWORKS
        if framework in gathered.interpreters
    }


def _judge_one(
    framework: str,
    gathered: Gathered,
    machine: Machine,
    builds: Sequence[Build],
    python: str | None,
) -> Framework:
    interpreter = gathered.interpreters[framework]
    wheels = gathered.wheels.get(interpreter, Wheels(error="it was not asked"))
    wheel = wheels.frameworks.get(framework)
    child = gathered.children.get(framework)
    case = Case(
        framework=framework,
        interpreter=interpreter,
        machine=machine,
        builds=builds,
        distribution=wheel.distribution if wheel else "",
        version=wheel.version if wheel else "",
        build=wheel.build if wheel else "default",
        python=python or wheels.python,
        packages=wheels.packages,
        limit_seconds=child.limit_seconds if child else 0.0,
    )
    if wheel is None:
        return missing_framework(case, wheels.error)
    findings = interpret(case, child.result if child else None)
    return Framework(
        installed=True,
        version=wheel.version,
        build=wheel.build,
        interpreter=interpreter,
        python=wheels.python,
        import_seconds=read_stages(child.result).imported_seconds if child else None,
        devices=findings.devices,
        reasons=findings.reasons,
        packages=dict(wheels.packages),
    )
