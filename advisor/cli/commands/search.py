"""`fw-advisor search`: ranked search over everything in the knowledge base."""

from __future__ import annotations

import argparse

from advisor.cli.exit_codes import DONE
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output
from advisor.errors import InputError

EXAMPLES = """examples:
  fw-advisor search pytroch serving
  fw-advisor search memory --kind feature --kind claim
  fw-advisor search "mixed precision" --limit 3 --json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("text", nargs="+", metavar="TEXT", help="words, misspelt or not")
    parser.add_argument(
        "--kind", action="append", default=[], metavar="KIND", help="only this kind (repeatable)"
    )
    parser.add_argument(
        "--limit", type=_limit, default=10, metavar="N", help="at most so many results (10)"
    )


def _limit(text: str) -> int:
    from advisor.documents.search import MOST_RESULTS

    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if not 1 <= number <= MOST_RESULTS:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not between 1 and {MOST_RESULTS}")
    return number


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print what was found, best first; nothing found is a result, too."""
    from advisor.documents.search import search_document
    from knowledge.model.kinds import KINDS
    from knowledge.search.query import LONGEST
    from knowledge.search.words import words

    kinds = arguments.kind
    if kinds:
        from advisor.cli.choices import each_of

        kinds = each_of("--kind", kinds, tuple(KINDS))
    text = " ".join(arguments.text)
    if not words(text[:LONGEST]):
        raise InputError("search: there is no word in what is to be searched for")
    if len(text) > LONGEST:
        output.narrate(f"only the first {LONGEST} characters are searched for")
    document = search_document(open_knowledge(arguments), text, kinds, arguments.limit)
    if output.json:
        output.document(document)
    else:
        from advisor.reports.search import search_page
        from advisor.reports.width import page_width

        output.page(search_page(document, page_width()))
    return DONE
