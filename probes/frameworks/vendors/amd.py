"""AMD cards that a framework does not list."""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.cards import Card
from probes.frameworks.case import Case
from probes.frameworks.reasons import recognise
from probes.frameworks.vendors.permission import forbidden_node
from probes.frameworks.vendors.without_build import no_build


def explain(case: Case, card: Card, stderr: str) -> Reason | None:
    """Return the one reason why the framework does not list the card."""
    if not case.serves("rocm"):
        return no_build(case, card)
    if not case.build.startswith("rocm"):
        return case.reason("ROCM_WHEEL_MISSING", install=case.install("rocm"))
    node = forbidden_node(case.machine, "/kfd", "/dri/")
    if node is not None:
        return case.reason("NO_PERMISSION", stderr, group=node["group"], node=node["path"])
    known = recognise(stderr, ("NO_PERMISSION",))
    if known is not None:
        return case.reason("NO_PERMISSION", known[1], group="render", node="/dev/kfd")
    if case.machine.system == "linux" and not case.machine.wsl:
        paths = [str(node.get("path")) for node in case.machine.nodes]
        if not any("/kfd" in path for path in paths):
            return case.reason("ROCM_DRIVER_NOT_LOADED", stderr)
    return case.reason("UNKNOWN", stderr, what=f"{case.name} does not list {card.name}.")
