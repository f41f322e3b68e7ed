"""The one place where results and errors become exit codes."""

from __future__ import annotations

from advisor.errors import AdviceError
from knowledge.base import MissingOverlayError
from knowledge.errors import KnowledgeError

DONE = 0
CONDITION_MET = 1
BAD_INPUT = 2
KNOWLEDGE_INVALID = 3
NOT_MEASURED = 4
INTERRUPTED = 130


def code_of(error: Exception) -> int | None:
    """Return the exit code for an error a user can act on, None for a mistake of ours."""
    if isinstance(error, (AdviceError, MissingOverlayError)):
        return BAD_INPUT
    if isinstance(error, KnowledgeError):
        return KNOWLEDGE_INVALID
    from probes.errors import ProbeError  # only a command that probes pays for it

    if isinstance(error, ProbeError):
        return NOT_MEASURED
    return None
