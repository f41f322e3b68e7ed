"""`advise --compare FILE`: the same question with the answers of another file."""

from __future__ import annotations

import argparse

import msgspec

from advisor.beside.comparison import compare
from advisor.cli.given import Given
from advisor.cli.output import Output
from advisor.documents.advice import Advice
from advisor.engine.tables import Tables
from advisor.facts.files import facts_from_file
from knowledge.text import printable


def compared(
    tables: Tables, arguments: argparse.Namespace, advice: Advice, found: Given, output: Output
) -> Advice:
    """Return the advice with what the other file leads to; both use the same measurements."""
    from advisor.cli.commands.advise import advised

    facts = facts_from_file(arguments.compare, tables.knowledge.questions)
    other = advised(tables, arguments, Given(facts, [], found.measurements, []))
    name = "standard input" if arguments.compare == "-" else printable(arguments.compare)
    beside = compare(tables, advice, other, name, found.measurements)
    return msgspec.structs.replace(advice, compared=beside)
