"""The state of a machine as the first lines of a page: ok, degraded or failed, and what is wrong.

What a framework cannot use stands below with its fix; here it is named by its code only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from knowledge.errors import shortened
from probes.document import Fault, State
from probes.interpreters import NAMES

from .page import Line, bullet

STYLES = {"ok": "good", "degraded": "strong", "failed": "bad"}
LONGEST = 300


class Judged(Protocol):
    """A document that says in which state the machine is."""

    @property
    def state(self) -> State | None:
        """ok, degraded or failed; None in older documents."""

    @property
    def faults(self) -> Iterable[Fault]:
        """All that makes it degraded or failed."""


def state_page(document: Judged, width: int) -> list[Line]:
    """Return the lines of the state; none for a document that does not know it."""
    if document.state is None:
        return []
    lines: list[Line] = [((STYLES[document.state], f"State: {document.state}"),)]
    by_framework: dict[str, list[str]] = {}
    for fault in document.faults:
        if fault.where in NAMES:
            by_framework.setdefault(fault.where, []).append(fault.code)
        else:
            words = f"{fault.where}: {fault.code}: {shortened(fault.text, LONGEST)}"
            lines += bullet(words, width, "!")
    for name, codes in by_framework.items():
        lines += bullet(f"{NAMES[name]}: {', '.join(dict.fromkeys(codes))}", width, "!")
    return [*lines, ""]
