"""The one line that installs a framework which this machine can run: the plan's first choice."""

from __future__ import annotations

from collections.abc import Sequence

from probes.frameworks.builds import Build
from probes.frameworks.cards import KINDS
from probes.frameworks.machine import Machine
from probes.frameworks.plan import Planned, best, plan
from probes.frameworks.versions import driver_branch
from probes.interpreters import FRAMEWORKS, NAMES


def install_line(
    framework: str,
    interpreter: str,
    machine: Machine,
    builds: Sequence[Build],
    *,
    python: str | None = None,
    device: str | None = None,
) -> str:
    """Return the shell line for ``framework``, or what has to be done before any line can help.

    Args:
        framework: Id of the framework.
        interpreter: Where it is to be installed.
        machine: What is here.
        builds: What is published.
        python: Version of the interpreter, if it is known.
        device: Kind of device it must serve; otherwise the first that is here.
    """
    answers = plan(machine, python, builds, interpreter=interpreter, framework=framework)
    wanted = [device] if device else [KINDS[card.vendor] for card in machine.cards]
    for kind in dict.fromkeys(wanted):
        chosen = best(answers, kind)
        if chosen is not None:
            return chosen.command
    if device is None and not machine.driver:
        chosen = best(answers, "cpu")
        return chosen.command if chosen else _first_hindrance(framework, machine, answers, builds)
    return _instead(framework, machine, answers, builds)


def _instead(
    framework: str, machine: Machine, answers: Sequence[Planned], builds: Sequence[Build]
) -> str:
    branch = driver_branch(machine.driver)
    oldest = min(
        (build.driver for build in builds if build.framework == framework and build.driver),
        default=None,
    )
    if machine.of("nvidia") and branch is not None and oldest is not None:
        supported = [one for one in builds if one.device == "cuda" and one.driver]
        needed = min(
            (
                one.driver
                for one in supported
                if one.framework == framework
                and one.driver
                and one.driver > branch
                and machine.platform in one.platforms
            ),
            default=None,
        )
        if needed is not None:
            return f"Update the NVIDIA driver to {needed} or newer."
    return _first_hindrance(framework, machine, answers, builds)


def _first_hindrance(
    framework: str, machine: Machine, answers: Sequence[Planned], builds: Sequence[Build]
) -> str:
    why = next((one.why for one in answers if one.why and one.device != "cpu"), "")
    devices = {one.device for one in answers if one.device != "cpu"}
    others = [
        NAMES[other]
        for other in FRAMEWORKS
        if other != framework
        and any(best(plan(machine, None, builds, framework=other), kind) for kind in devices)
    ]
    named = (
        f"use {' or '.join(others)} on this device, or the processor"
        if others
        else ("use the processor")
    )
    because = f": the build {why}" if why.startswith("lists") else f": {why}" if why else ""
    return f"No ready build of {NAMES[framework]} works here{because}; {named}."
