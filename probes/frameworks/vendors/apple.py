"""Apple GPUs that a framework does not list."""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.cards import Card
from probes.frameworks.case import Case
from probes.frameworks.vendors.without_build import no_build


def explain(case: Case, card: Card, stderr: str) -> Reason | None:
    """Return the one reason why the framework does not list the GPU."""
    if case.machine.system == "macos" and case.machine.architecture == "x86_64":
        # Rosetta: a Python for Intel processors on Apple silicon sees no GPU.
        return case.reason("WRONG_ARCHITECTURE", stderr, architecture="arm64")
    if not case.serves("mps"):
        return no_build(case, card)
    if case.framework == "tensorflow" and case.build != "metal":
        return case.reason("CPU_ONLY_WHEEL", install=case.install("mps"))
    return case.reason("UNKNOWN", stderr, what=f"{case.name} does not list {card.name}.")
