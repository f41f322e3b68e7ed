"""`fw-advisor show`: one entry with its sources, its age and its links."""

from __future__ import annotations

import argparse

from advisor.cli.exit_codes import DONE
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output
from advisor.errors import InputError
from knowledge.base import Knowledge
from knowledge.errors import shortened

EXAMPLES = """examples:
  fw-advisor show torchserve
  fw-advisor show topic-memory-management --format markdown
  fw-advisor show pytorch --json | jq .sources
"""
FORMATS = ("text", "markdown")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("id", metavar="ID", help="id of the entry; `search` finds it")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print one entry."""
    from advisor.documents.entry import entry_document

    knowledge = open_knowledge(arguments)
    wanted = _known(arguments.id, knowledge)
    document = entry_document(knowledge, wanted)
    if output.json:
        output.document(document)
    elif arguments.format == "markdown":
        from advisor.reports.entry.page import entry_markdown

        output.text(entry_markdown(document, knowledge))
    else:
        from advisor.reports.entry.page import entry_page
        from advisor.reports.width import page_width

        output.page(entry_page(document, knowledge, page_width()))
    return DONE


def _known(given: str, knowledge: Knowledge) -> str:
    """Return the id that was meant; InputError names entries that were perhaps meant."""
    word = given.strip()
    for wanted in (word, word.lower()):
        if knowledge.catalogue.get(wanted) is not None:
            return wanted
    near = [repr(hit.row.id) for hit in knowledge.search(word, limit=3)]
    hint = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise InputError(f"show: there is no entry {shortened(given)!r}{hint}")
