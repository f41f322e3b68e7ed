"""Which builds would work on a machine, before anything is installed: a prediction from data.

Pure. Every build of the data gets an answer and a reason; the command stands only beside those
that would work.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from msgspec import Struct

from probes.frameworks.builds import Build
from probes.frameworks.cards import KINDS, Card
from probes.frameworks.hindrances import Answer, answer_for
from probes.frameworks.machine import Machine
from probes.interpreters import FRAMEWORKS


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
            answers.append(_planned(build, None, machine, python, interpreter))
        else:
            cards = [card for card in machine.cards if KINDS.get(card.vendor) == build.device]
            answers += [
                _planned(build, card, machine, python, interpreter) for card in _alike(cards)
            ]
    return answers


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


def _preference(build: Build) -> tuple[int, bool, int]:
    place = FRAMEWORKS.index(build.framework) if build.framework in FRAMEWORKS else len(FRAMEWORKS)
    return place, build.device == "cpu", build.order


def _planned(
    build: Build, card: Card | None, machine: Machine, python: str | None, interpreter: str | None
) -> Planned:
    answer, why = answer_for(build, card, machine, python)
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
    return list({(card.name, card.capability, card.target): card for card in cards}.values())
