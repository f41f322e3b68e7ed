"""`probe --fail-if`: from the state of a machine to an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from probes.document import Fault, State

from .exit_codes import CONDITION_MET, DONE
from .output import Output

MEETS = {"degraded": ("degraded", "failed"), "failed": ("failed",)}
"""Condition → the states that meet it: a machine that failed is no better than degraded."""


def code_of_state(
    state: State | None, faults: Iterable[Fault], conditions: Sequence[str], output: Output
) -> int:
    """Return 1, and say why on stderr, if the state meets one of the conditions."""
    met = next((name for name in conditions if state in MEETS[name]), None)
    if met is None:
        return DONE
    codes = ", ".join(dict.fromkeys(fault.code for fault in faults))
    output.narrate(f"--fail-if {met}: this machine is {state} ({codes})")
    return CONDITION_MET
