"""Runs every check on the files themselves, so that each finding has a file and a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from ..base import check_overlays
from ..errors import FileProblem
from ..loading.references import check_references
from ..loading.tree import BASE, Tree, read_tree
from ..text import printable
from . import bounds, evidence, executable, questions, rules, seeds, stack, tested, wording

Check = Callable[[Tree], list[FileProblem]]

CHECKS: tuple[Check, ...] = (
    evidence.check,
    rules.check,
    bounds.check,
    questions.check,
    stack.check,
    wording.check,
    seeds.check,
    tested.check,
    executable.check,
)

WARNINGS = frozenset({"KB206", "KB307", "KB402"})
"""Codes that are worth a look but make nothing invalid."""


class Finding(msgspec.Struct, frozen=True):
    """One problem with its level and code."""

    level: Literal["error", "warning"]
    code: str
    file: str
    line: int | None
    key: str
    message: str
    expected: str
    nearest: str


def lint(overlays: tuple[Path, ...] = (), base: Path = BASE) -> list[Finding]:
    """Return every finding, by file and line."""
    check_overlays(overlays)
    tree = read_tree(overlays, base)
    # Names lead nowhere where files cannot be read, and the other checks take for granted that
    # every condition can be tested: what would only follow from a problem is not reported.
    problems = tree.problems or check_references(tree)
    if not tree.problems and not any(found.code == "KB201" for found in problems):
        for check in CHECKS:
            problems += check(tree)
    return sorted(
        (_finding(problem) for problem in problems),
        key=lambda f: (f.file, f.line or 0, f.code, f.message),
    )


def _finding(problem: FileProblem) -> Finding:
    return Finding(
        "warning" if problem.code in WARNINGS else "error",
        problem.code,
        printable(problem.file),
        problem.line,
        printable(problem.key),
        printable(problem.message),
        printable(problem.expected),
        problem.nearest,
    )
