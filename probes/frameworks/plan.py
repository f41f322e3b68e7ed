"""Which builds would work on a machine, before anything is installed: a prediction from data.

Pure. Every build of the data gets an answer and a reason; the command stands only beside those
that would work.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from probes.frameworks.builds import Build, capabilities
from probes.frameworks.capability import fit, words
from probes.frameworks.cards import KINDS, Card
from probes.frameworks.machine import Machine
from probes.interpreters import FRAMEWORKS

Answer = Literal["works", "works-after-compilation", "no"]
_VERSION_PARTS = 2


class Planned(Struct, frozen=True, kw_only=True):
    """One build on this machine: whether it would work, why not, and how to install it."""

    framework: str
    build: str
    title: str
    variant: str
    device: str
    card: str
    answer: Answer
    why: str = ""
    command: str = ""


def plan(
    machine: Machine,
    python: str | None,
    builds: Iterable[Build],
    *,
    interpreter: str | None = None,
    framework: str | None = None,
) -> list[Planned]:
    """Return every build for a device of this machine, the preferred ones first.

    Args:
        machine: What is there, or assumed to be there.
        python: Version such as ``3.12.1``; ``None`` leaves it out of the judgement.
        builds: What is published.
        interpreter: Path for the commands; plain ``pip`` without.
        framework: Only this one.
    """
    chosen = [build for build in builds if framework in (None, build.framework)]
    answers: list[Planned] = []
    for build in sorted(chosen, key=_preference):
        if build.device == "cpu":
            answers.append(_judge(build, None, machine, python, interpreter))
        else:
            cards = [card for card in machine.cards if KINDS.get(card.vendor) == build.device]
            answers += [_judge(build, card, machine, python, interpreter) for card in _alike(cards)]
    return answers


def _preference(build: Build) -> tuple[int, bool, int]:
    place = FRAMEWORKS.index(build.framework) if build.framework in FRAMEWORKS else len(FRAMEWORKS)
    return place, build.device == "cpu", build.order


def best(answers: Iterable[Planned], device: str) -> Planned | None:
    """Return the first build for a device that works; one that compiles first only if none else."""
    for wanted in ("works", "works-after-compilation"):
        for answer in answers:
            if answer.device == device and answer.answer == wanted:
                return answer
    return None


def command(install: str, interpreter: str | None) -> str:
    """Return the command of a build for one interpreter, ready to paste."""
    if interpreter is None:
        return install.replace("{pip}", "pip install").replace("{uv}", "uv pip install")
    python = shlex.quote(interpreter)
    uv = (
        f"{python} -m pip install uv && {python} -m uv pip install --python {python} "
        "--reinstall-package torch"
    )
    return install.replace("{pip}", f"{python} -m pip install").replace("{uv}", uv)


def _judge(
    build: Build, card: Card | None, machine: Machine, python: str | None, interpreter: str | None
) -> Planned:
    why = (
        _platform(build, machine)
        or _python(build, python)
        or _processor(build, machine)
        or (_driver(build, machine) if build.device == "cuda" else "")
    )
    answer: Answer = "no" if why else "works"
    if card is not None and not why and card.capability is not None and build.device == "cuda":
        answer, why = _card(build, card)
    return Planned(
        framework=build.framework,
        build=build.id,
        title=build.title,
        variant=build.variant,
        device=build.device,
        card=card.name if card else "",
        answer=answer,
        why=why,
        command="" if answer == "no" else command(build.install, interpreter),
    )


def _alike(cards: list[Card]) -> list[Card]:
    """Return one card of each kind: eight alike need one answer."""
    return list({(card.name, card.capability): card for card in cards}.values())


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


def python_version(text: str | None) -> tuple[int, int] | None:
    """Return (3, 12) for ``3.12.1``, ``None`` for what is no version."""
    parts = (text or "").split(".")[:_VERSION_PARTS]
    if len(parts) < _VERSION_PARTS or not all(p.isascii() and p.isdecimal() for p in parts):
        return None
    return int(parts[0][:6]), int(parts[1][:6])


def _processor(build: Build, machine: Machine) -> str:
    if build.framework == "tensorflow" and machine.lacks_avx:
        return "this processor has no AVX, which the wheels need"
    return ""


def driver_branch(driver: str | None) -> int | None:
    """Return 550 for ``550.54.15``."""
    branch = (driver or "").partition(".")[0]
    return int(branch) if branch.isascii() and branch.isdecimal() and len(branch) < 6 else None


def _driver(build: Build, machine: Machine) -> str:
    branch = driver_branch(machine.driver)
    if branch is None or build.driver is None or branch >= build.driver:
        return ""
    return f"driver {machine.driver} is older than {build.driver}"


def _card(build: Build, card: Card) -> tuple[Answer, str]:
    assert card.capability is not None
    here = words(card.capability)
    if any(one.compute == here for one in build.broken):
        return "no", f"lists a card of compute capability {here} and fails at its first kernel"
    verdict = fit(card.capability, capabilities(build.compute), capabilities(build.ptx))
    if verdict in (None, "runs"):
        return "works", ""
    if verdict == "after-compilation":
        return "works-after-compilation", f"compiles for {here} at the first start"
    held = ", ".join(build.compute)
    return "no", f"no code for compute capability {here} (it holds {held})"
