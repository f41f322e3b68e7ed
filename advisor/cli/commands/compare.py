"""`fw-advisor compare`: options side by side, topic by topic."""

from __future__ import annotations

import argparse

from advisor.cli.choices import each_of
from advisor.cli.exit_codes import DONE
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output
from advisor.errors import InputError

EXAMPLES = """examples:
  fw-advisor compare
  fw-advisor compare pytorch jax --topic training
  fw-advisor compare --format markdown -o comparison.md
"""
FORMATS = ("text", "markdown")
USUAL = ("pytorch", "tensorflow")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "options", nargs="*", metavar="OPTION", help="two or more (pytorch tensorflow)"
    )
    parser.add_argument(
        "--topic", action="append", default=[], metavar="TOPIC", help="only this one (repeatable)"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print the comparison."""
    from advisor.documents.compare import compare_document, topics_of

    knowledge = open_knowledge(arguments)
    options = each_of("compare", arguments.options or USUAL, tuple(knowledge.options))
    if len(options) < 2:
        raise InputError("compare: takes two options or more, such as `compare pytorch jax`")
    topics = each_of("--topic", arguments.topic, topics_of(knowledge))
    document = compare_document(knowledge, options, topics)
    if output.json:
        output.document(document)
    elif arguments.format == "markdown":
        from advisor.reports.compare import compare_markdown

        output.text(compare_markdown(document))
    else:
        from advisor.reports.compare import compare_page
        from advisor.reports.width import page_width

        output.page(compare_page(document, page_width()))
    return DONE
