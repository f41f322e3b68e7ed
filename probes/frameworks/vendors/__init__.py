"""Why a framework does not list an accelerator that is there: one file per vendor.

Each looks for the deepest cause first: a hidden card looks the same to everything after it, and a
wheel without code for a vendor cannot be mended by any driver.
"""

from __future__ import annotations

from collections.abc import Callable

from probes.document import Reason
from probes.frameworks.cards import Card
from probes.frameworks.case import Case
from probes.frameworks.hiding import hidden_by
from probes.frameworks.vendors import amd, apple, google, intel, nvidia

_EXPLAIN: dict[str, Callable[[Case, Card, str], Reason | None]] = {
    "nvidia": nvidia.explain,
    "amd": amd.explain,
    "intel": intel.explain,
    "apple": apple.explain,
    "google": google.explain,
}


def explain_invisible(case: Case, card: Card, stderr: str) -> Reason | None:
    """Return the one reason why the framework does not list the card."""
    hidden = hidden_by(card.vendor, case.framework, case.machine)
    if hidden is not None:
        variable, value = hidden
        return case.reason("HIDDEN_BY_VARIABLE", variable=variable, value=f"'{value}'")
    explain = _EXPLAIN.get(card.vendor)
    return explain(case, card, stderr) if explain else None
