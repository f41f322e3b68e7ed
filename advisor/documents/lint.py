"""`fw-advisor/lint`: what `kb lint` found."""

from __future__ import annotations

from typing import Literal

import msgspec

from advisor import __version__
from advisor.clock import now
from knowledge.lint.run import Finding


class Lint(msgspec.Struct, frozen=True):
    """The whole document; no findings means that the knowledge base is clean."""

    schema: Literal["fw-advisor/lint"]
    schema_version: str
    tool_version: str
    created: str
    errors: int
    warnings: int
    results: tuple[Finding, ...]


def report(findings: list[Finding]) -> Lint:
    """Return the document for these findings."""
    errors = sum(finding.level == "error" for finding in findings)
    return Lint(
        "fw-advisor/lint",
        "1.0",
        __version__,
        now(),
        errors,
        len(findings) - errors,
        tuple(findings),
    )
