"""The answer for a device that no ready build of a framework serves."""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.cards import KINDS, Card
from probes.frameworks.case import Case
from probes.interpreters import NAMES


def no_build(case: Case, card: Card) -> Reason:
    """Return the reason, with the frameworks that do have such a build."""
    others = {
        NAMES[build.framework]
        for build in case.builds
        if build.device == KINDS.get(card.vendor)
        and case.machine.platform in build.platforms
        and build.framework in NAMES
    }
    named = " or ".join(sorted(others))
    instead = f"Use the processor, or {named} for this device." if named else "Use the processor."
    return case.reason("NO_BUILD_FOR_DEVICE", card=card.name, instead=instead)
