"""`kb diff OLD NEW`: which golden verdicts a change of knowledge flips."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.cli.exit_codes import DONE
from advisor.cli.output import Output
from advisor.errors import InputError
from knowledge.base import BASE, Knowledge, load
from knowledge.text import printable

BUILT_IN = "built-in"
WHOLE = ("options", "criteria", "questions")
"""Folders by which a directory is a whole knowledge base; any other is an overlay on ours."""


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print the scenarios on which two versions differ."""
    from advisor.beside.drift import drift
    from advisor.record.scenarios import scenarios

    if len(arguments.names) not in (1, 2):
        raise InputError(
            f"kb diff: needs OLD and NEW: directories, or {BUILT_IN!r} (one alone: against it)"
        )
    names = arguments.names if len(arguments.names) == 2 else [BUILT_IN, *arguments.names]
    overlays = tuple(Path(name) for name in getattr(arguments, "knowledge", ()))
    old, new = ((printable(name), _opened(name, overlays)) for name in names)
    document = drift(old, new, scenarios())
    if output.json:
        output.document(document)
        return DONE
    from advisor.reports.content import text_lines
    from advisor.reports.drift import drift_sections
    from advisor.reports.width import page_width

    output.page(list(text_lines(drift_sections(document), page_width()))[1:])
    return DONE


def _opened(name: str, overlays: tuple[Path, ...]) -> Knowledge:
    if name == BUILT_IN:
        return load(overlays)
    path = Path(name)
    try:
        whole = path.is_dir() and all((path / folder).is_dir() for folder in WHOLE)
    except (OSError, ValueError):
        whole = False
    return load(overlays, base=path) if whole else load((*overlays, path), base=BASE)
