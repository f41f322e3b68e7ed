"""The flags of `kb verify`, apart from what they start: `kb lint` should not load the runner."""

from __future__ import annotations

import argparse

from advisor.errors import InputError

FLAGS = ("names", "all", "sample", "seed", "changed", "write", "python", "run_overlay_code")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags of `kb verify`."""
    group = parser.add_argument_group("verify")
    group.add_argument(
        "names",
        nargs="*",
        metavar="ID",
        help="entry, or YAML file of entries; for diff: OLD and NEW",
    )
    group.add_argument("--all", action="store_true", help="every entry; needed to --write all")
    group.add_argument("--sample", type=int, metavar="N", help="so many entries, chosen by seed")
    group.add_argument(
        "--seed", type=int, metavar="S", help="seed of the sample (drawn from the entries' code)"
    )
    group.add_argument("--changed", action="store_true", help="only entries edited since")
    group.add_argument("--write", action="store_true", help="store the results in the base")
    group.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="FRAMEWORK=PATH",
        help="interpreter of one framework: torch or tensorflow (repeatable)",
    )
    group.add_argument(
        "--run-overlay-code", action="store_true", help="run entries that are not our own, too"
    )


def refuse(arguments: argparse.Namespace, but: tuple[str, ...] = ()) -> None:
    """Raise InputError if a flag of `verify` was given to another part; `but`: it has those too."""
    for name in FLAGS:
        if name not in but and getattr(arguments, name) not in (None, False, []):
            shown = "ID" if name == "names" else "--" + name.replace("_", "-")
            raise InputError(f"kb {arguments.part}: {shown} belongs to `kb verify`")


def contradictions(arguments: argparse.Namespace) -> None:
    """Raise InputError if flags cannot be meant together, or would overwrite more than was said."""
    if arguments.sample is not None and arguments.sample < 1:
        raise InputError(f"kb verify: --sample {arguments.sample} is not above 0")
    if arguments.seed is not None and arguments.sample is None:
        raise InputError("kb verify: --seed is the seed of a --sample")
    narrowed = arguments.names or arguments.sample is not None or arguments.changed
    if arguments.all and narrowed:
        raise InputError("kb verify: --all leaves nothing to name, to sample or to narrow down")
    if arguments.write and not arguments.all and not narrowed:
        words = "--write would store the results of every entry: name some, or say --all"
        raise InputError(f"kb verify: {words}")
