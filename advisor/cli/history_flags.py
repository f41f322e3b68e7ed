"""The flags of `probe history`, and what goes with what."""

from __future__ import annotations

import argparse

from advisor.errors import InputError

HISTORY_ONLY = ("export", "import_file", "delete")
NAMES = {"export": "--export", "import_file": "--import", "delete": "--delete"}
UNWRITTEN = "nothing else of it shows a whole run"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags; the run itself is the word behind `history`."""
    parser.add_argument(
        "run",
        nargs="?",
        metavar="RUN",
        help="history: this run only, by its id, the beginning of it, or last (the newest), "
        "last~1 (the one before) and so on",
    )
    parser.add_argument(
        "--vs",
        metavar="RUN",
        help="bench: compare with a run that is kept, named in the same ways; with --json the "
        "comparison is the document",
    )
    group = parser.add_argument_group("history")
    group.add_argument(
        "--export",
        nargs="+",
        metavar=("FILE", "RUN"),
        help="write runs (all that have ended, if none is named) into one file",
    )
    group.add_argument(
        "--import",
        dest="import_file",
        metavar="FILE",
        help="take in the runs of such a file, all or none",
    )
    group.add_argument("--delete", nargs="+", metavar="RUN", help="delete runs, all or none")


def refuse(arguments: argparse.Namespace) -> None:
    """Raise InputError if a flag was given to a part, or beside a flag, that it does not go with.

    Knows only its own flags: what else does not go with `history` is up to the caller.
    """
    given = [NAMES[name] for name in HISTORY_ONLY if getattr(arguments, name)]
    if arguments.part != "history":
        if arguments.run is not None:
            raise InputError(f"unexpected {arguments.run[:80]!r}: only `probe history` takes a run")
        if given:
            raise InputError(f"{given[0]} goes with `probe history` only")
    elif arguments.run is not None and given:
        raise InputError(f"{given[0]} names its runs itself: {arguments.run[:80]!r} is too much")
    elif len(given) > 1:
        raise InputError(f"{given[0]} and {given[1]} do not go together")
    elif arguments.redact and arguments.run is None and not arguments.export:
        raise InputError("--redact goes with `probe history RUN` and --export only: " + UNWRITTEN)
    if arguments.vs is not None and arguments.part != "bench":
        raise InputError("--vs goes with `probe bench` only")
