"""`fw-advisor schema`: the published JSON Schemas."""

from __future__ import annotations

import argparse

from advisor.cli.exit_codes import DONE
from advisor.cli.output import Output
from advisor.documents.schemas import names, schema
from advisor.errors import InputError
from knowledge.errors import nearest

EXAMPLES = """examples:
  fw-advisor schema
  fw-advisor schema advice > advice.schema.json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the argument of this command."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="which one; without: list them")


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print one schema, or the names of all."""
    valid = names()
    if arguments.name is None:
        if output.json:
            output.document(valid)
        else:
            output.text("\n".join(valid))
        return DONE
    if arguments.name not in valid:
        near = nearest(arguments.name, valid)
        hint = f"; did you mean {near!r}?" if near else ""
        raise InputError(
            f"unknown schema {arguments.name[:80]!r} (one of {', '.join(valid)}){hint}"
        )
    output.document(schema(arguments.name))
    return DONE
