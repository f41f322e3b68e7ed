"""The flags of `probe claims`, and `--chart`, which other parts take as well."""

from __future__ import annotations

import argparse

from advisor.errors import InputError

from .charting import refuse_other_files


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    group = parser.add_argument_group("claims and charts")
    group.add_argument(
        "--evidence",
        action="append",
        default=[],
        metavar="FILE|RUN",
        help="claims: a saved probe, or a run that is kept (an id, last, last~1), instead of the "
        "newest that were kept on this machine (repeatable)",
    )
    group.add_argument(
        "--chart",
        metavar="FILE",
        help="write the charts of a benchmark (with history: of RUN), or the two of the claims, "
        "as .svg, or as .png with the extra `charts`",
    )


def refuse(arguments: argparse.Namespace) -> None:
    """Raise InputError if a flag was given to a part that it does not go with."""
    if arguments.part != "claims" and arguments.evidence:
        raise InputError("--evidence goes with `probe claims` only")
    if arguments.chart is None:
        return
    refuse_other_files(arguments.chart)
    one_run = arguments.part == "history" and getattr(arguments, "run", None)
    if arguments.part not in ("claims", "bench", None) and not one_run:
        raise InputError("--chart goes with `probe bench`, `probe claims` and `probe history RUN`")
