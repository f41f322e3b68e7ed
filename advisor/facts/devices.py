"""From a probe's verdicts on devices: which options cannot use the accelerator that is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.engine.measured import CannotUse
from knowledge.text import printable

if TYPE_CHECKING:
    from probes.document import Framework, ProbeDocument
    from probes.frameworks.builds import Build
    from probes.frameworks.cards import Card
    from probes.frameworks.plan import Planned

BACKENDS = {"pytorch", "tensorflow", "jax"}
PASSING = ("TPU_LOCKED", "MEMORY_TAKEN")
"""Somebody else has the device just now: no reason to choose another framework."""


def cannot_use(
    document: ProbeDocument, origin: str, builds: Sequence[Build] | None = None
) -> list[CannotUse]:
    """Return the options that cannot use any accelerator of the machine; Keras if none can.

    A framework that is not installed is judged by what is published: if a build of it would work
    here, nothing is held against it. `builds`: those of the knowledge base in use, overlays
    included; what the probes carry otherwise.
    """
    from probes.frameworks.builds import published
    from probes.frameworks.machine import read_machine
    from probes.frameworks.plan import plan

    machine = read_machine(document.hardware)
    if not machine.cards or not document.frameworks:
        return []
    python = document.hardware.get("python")
    version = str(python.value) if python is not None and python.available else None
    known = published().builds if builds is None else builds
    found = []
    for name, framework in document.frameworks.items():
        every = plan(machine, version, known, framework=name)
        planned = [one for one in every if one.card]
        verdict = _verdict(name, framework, machine.cards, planned, document.created, origin)
        if verdict is not None:
            found.append(verdict)
    if {one.option for one in found} >= BACKENDS:
        found.append(_keras(found))
    return found


def _verdict(
    name: str,
    framework: Framework,
    cards: tuple[Card, ...],
    planned: list[Planned],
    found_on: str,
    origin: str,
) -> CannotUse | None:
    """Return what is held against a framework, or None."""
    from probes.health import USABLE
    from probes.interpreters import NAMES

    if any(one.kind != "cpu" and one.verdict in USABLE for one in framework.devices):
        return None
    works = any(one.answer != "no" for one in planned)
    if not framework.installed and (works or not planned):
        return None
    if any(reason.code in PASSING for reason in framework.reasons):
        return None
    first = framework.reasons[0] if framework.installed and framework.reasons else None
    why = first.text if first else next((one.why for one in planned if one.why), "")
    commands = (one.command for one in planned if one.command)
    known = first.fix if first and first.fix else next(commands, "")
    return CannotUse(
        option=name,
        device=printable(cards[0].name or cards[0].vendor),
        code=printable(first.code if first else "NO_BUILD"),
        text=printable(f"{NAMES.get(name, name)} cannot use it. {why}".strip()),
        remedy=printable(known) if works else "",
        found_on=found_on,
        origin=printable(origin),
    )


def _keras(found: list[CannotUse]) -> CannotUse:
    """Return the verdict on Keras, which runs on the others: the least hopeless of theirs."""
    from msgspec.structs import replace

    best = next((one for one in found if one.remedy), found[0])
    return replace(best, option="keras", text=f"None of its backends can use it. {best.text}")


def device_warning(found: CannotUse) -> str:
    """Return the verdict as a warning."""
    remedy = f" What helps: {found.remedy}" if found.remedy else " No published build works there."
    return f"{found.device}: {found.text} ({found.code}).{remedy}"
