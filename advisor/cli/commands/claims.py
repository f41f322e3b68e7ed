"""`fw-advisor claims`: what is said about the frameworks, and what became of it."""

from __future__ import annotations

import argparse
from typing import get_args

from advisor.cli.choices import each_of
from advisor.cli.exit_codes import DONE
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output

EXAMPLES = """examples:
  fw-advisor claims --verdict outdated --verdict wrong
  fw-advisor claims --topic memory --testable
  fw-advisor claims --contradictions
  fw-advisor claims --seed seed-side-by-side --json | jq '.claims[].verdict'
"""
FORMATS = ("text", "markdown")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags of this command."""
    for name, about in (
        ("seed", "only claims made in this document"),
        ("verdict", "only claims with this verdict: holds, outdated, wrong, depends, unverifiable"),
        ("topic", "only claims on this topic"),
    ):
        parser.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar=name.upper(),
            help=f"{about} (repeatable)",
        )
    parser.add_argument("--testable", action="store_true", help="only what can be tested here")
    parser.add_argument(
        "--contradictions", action="store_true", help="pairs that say the opposite, side by side"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print the ledger, filtered."""
    from advisor.cli.local_results import last_results
    from advisor.documents.claims import Wanted, claims_document
    from knowledge.model.claim import Verdict

    knowledge = open_knowledge(arguments)
    topics = sorted({claim.topic for claim in knowledge.kind("claim").values()})
    wanted = Wanted(
        each_of("--seed", arguments.seed, tuple(knowledge.kind("seed"))),
        each_of("--verdict", arguments.verdict, get_args(Verdict)),
        each_of("--topic", arguments.topic, topics),
        arguments.testable,
        arguments.contradictions,
    )
    document = claims_document(knowledge, wanted, last_results())
    if output.json:
        output.document(document)
    elif arguments.format == "markdown":
        from advisor.reports.claims import claims_markdown

        output.text(claims_markdown(document, contradictions=arguments.contradictions))
    else:
        from advisor.reports.claims import claims_page, contradictions_page
        from advisor.reports.width import page_width

        page = contradictions_page if arguments.contradictions else claims_page
        output.page(page(document, page_width()))
    return DONE
