"""`fw-advisor api`: the equivalent of a symbol, or of every symbol a file uses."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.cli.exit_codes import DONE
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output
from advisor.errors import InputError

if TYPE_CHECKING:
    from knowledge.model.check import Side

EXAMPLES = """examples:
  fw-advisor api tf.nn.softmax
  fw-advisor api nn.Linear --from torch
  fw-advisor api softmax --all
  fw-advisor api --file train.py         reads the file, never runs it
"""
SIDES = {"tensorflow": "tensorflow", "tf": "tensorflow", "torch": "torch", "pytorch": "torch"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "symbol",
        nargs="?",
        metavar="SYMBOL",
        help="as one would write it: tf.nn.softmax, nn.Linear",
    )
    parser.add_argument("--file", metavar="FILE", help="every framework symbol in a Python file")
    parser.add_argument(
        "--from",
        dest="side",
        choices=tuple(SIDES),
        metavar="FRAMEWORK",
        help="only symbols of this one: tensorflow or torch",
    )
    parser.add_argument("--all", action="store_true", help="every match (or use) in full")


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print equivalents; a symbol that is not known is a result, too."""
    side: Side | None = SIDES.get(arguments.side)  # type: ignore[assignment]
    if (arguments.symbol is None) == (arguments.file is None):
        raise InputError("api: give a symbol, or --file FILE (see `fw-advisor api --help`)")
    if arguments.file is not None:
        return _file(arguments, output, side)
    if not arguments.symbol.strip(" ."):
        raise InputError("api: the symbol is empty")
    from advisor.documents.api import api_document

    document = api_document(open_knowledge(arguments), arguments.symbol, side)
    if output.json:
        output.document(document)
    else:
        from advisor.reports.api import api_page
        from advisor.reports.width import page_width

        output.page(api_page(document, page_width(), full=arguments.all))
    return DONE


def _file(arguments: argparse.Namespace, output: Output, side: Side | None) -> int:
    from advisor.documents.api_file import api_file_document, method_names, starred_names
    from advisor.source.uses import read_uses

    knowledge = open_knowledge(arguments)
    symbols = knowledge.symbols
    uses = read_uses(Path(arguments.file), method_names(symbols), starred_names(symbols))
    document = api_file_document(knowledge, arguments.file, uses, side)
    if output.json:
        output.document(document)
    else:
        from advisor.reports.api_file import api_file_page
        from advisor.reports.width import page_width

        output.page(api_file_page(document, page_width(), full=arguments.all))
    return DONE
