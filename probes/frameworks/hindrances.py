"""Why a published build would not work on a machine: platform, Python, processor, driver, card.

Pure; every function returns the reason in words, empty if it does not stand in the way.
"""

from __future__ import annotations

from typing import Literal

from probes.frameworks.builds import Build
from probes.frameworks.cards import Card
from probes.frameworks.holding import code_of, needs
from probes.frameworks.machine import Machine
from probes.frameworks.versions import driver_branch, python_version

Answer = Literal["works", "works-after-compilation", "no"]


def answer_for(
    build: Build, card: Card | None, machine: Machine, python: str | None
) -> tuple[Answer, str]:
    """Return whether a build would work, and why not or not at once."""
    why = (
        _platform(build, machine)
        or _python(build, python)
        or _processor(build, machine)
        or (_driver(build, machine) if build.device == "cuda" else "")
    )
    if why:
        return "no", why
    return ("works", "") if card is None else _card(build, card)


def _platform(build: Build, machine: Machine) -> str:
    if machine.platform in build.platforms:
        return ""
    return f"there are wheels for {', '.join(build.platforms)}, not for {machine.platform}"


def _python(build: Build, python: str | None) -> str:
    version = python_version(python)
    if version is None:
        return ""
    oldest, newest = (python_version(bound) for bound in build.python)
    if oldest is not None and version < oldest:
        return f"Python {python} is older than {build.python[0]}"
    if newest is not None and version > newest:
        return f"Python {python} is newer than {build.python[1]}"
    return ""


def _processor(build: Build, machine: Machine) -> str:
    if build.framework == "tensorflow" and machine.lacks_avx:
        return "this processor has no AVX, which the wheels need"
    return ""


def _driver(build: Build, machine: Machine) -> str:
    branch = driver_branch(machine.driver)
    if branch is None or build.driver is None or branch >= build.driver:
        return ""
    return f"driver {machine.driver} is older than {build.driver}"


def _card(build: Build, card: Card) -> tuple[Answer, str]:
    needed = needs(card)
    here = needed.rpartition(" ")[2]
    if here and any(one.compute == here for one in build.broken):
        return "no", f"lists a card of {needed} and fails at its first kernel"
    code = code_of(build)
    verdict = code.fit(card)
    if verdict in (None, "runs"):
        return "works", ""
    if verdict == "after-compilation":
        return "works-after-compilation", f"compiles for {here} at the first start"
    return "no", f"no code for {needed} (it holds {code.held()})"
