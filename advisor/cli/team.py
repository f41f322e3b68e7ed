"""`advise --team`: every answer file is one person."""

from __future__ import annotations

import argparse

from advisor.cli.exit_codes import DONE
from advisor.cli.given import given
from advisor.cli.output import Output
from advisor.engine.tables import Tables
from advisor.errors import InputError
from advisor.facts.fact import Ignored
from knowledge.base import Knowledge
from knowledge.text import printable


def run(arguments: argparse.Namespace, knowledge: Knowledge, form: str, output: Output) -> int:
    """Print what the members would choose, and what serves all of them."""
    from advisor.beside.team import team_document
    from advisor.cli.commands.advise import advised
    from advisor.clock import now

    if form == "html":
        raise InputError("--team has no HTML page; use --format markdown")
    tables = Tables(knowledge)
    named, ignored, warnings = [], [], []
    for label, file in zip(_labels(arguments.answers), arguments.answers, strict=True):
        found = given(arguments, knowledge, output, [file])
        named.append((label, advised(tables, arguments, found)))
        ignored += [Ignored(f"{label}: {item.said}", item.why) for item in found.ignored]
        warnings += found.warnings
    document = team_document(
        tables,
        named,
        created=now(),
        ignored=dict.fromkeys(ignored),
        warnings=dict.fromkeys(warnings),
    )
    if form == "json":
        output.document(document)
        return DONE
    from advisor.reports.team import team_sections, team_title

    sections = team_sections(document, knowledge)
    if form == "markdown":
        from advisor.reports.content import markdown_text
        from advisor.reports.escaping import escape

        output.text(f"# {escape(team_title(document))}\n\n{markdown_text(sections)}")
    else:
        from advisor.reports.content import text_lines
        from advisor.reports.page import wrap
        from advisor.reports.width import page_width

        width = page_width()
        head = [(("strong", line),) for line in wrap(team_title(document), width)]
        output.page([*head, *text_lines(sections, width)])
    return DONE


def _labels(files: list[str]) -> list[str]:
    """Return what to call each member: the file's name, as much of it as tells them apart."""
    from pathlib import PurePath

    short = [PurePath(name).stem if name != "-" else "standard input" for name in files]
    return [
        printable(name if short.count(stem) > 1 else stem)
        for name, stem in zip(files, short, strict=True)
    ]
