"""The flags of `kb verify`, apart from what they start: `kb lint` should not load the runner."""

from __future__ import annotations

import argparse

from advisor.errors import InputError

FLAGS = ("names", "sample", "seed", "changed", "write", "python", "run_overlay_code")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags of `kb verify`."""
    group = parser.add_argument_group("verify")
    group.add_argument("names", nargs="*", metavar="ID", help="entry, or YAML file of entries")
    group.add_argument("--sample", type=int, metavar="N", help="so many entries, chosen by seed")
    group.add_argument("--seed", type=int, default=0, metavar="S", help="seed of the sample (0)")
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


def refuse(arguments: argparse.Namespace) -> None:
    """Raise InputError if a flag of `verify` was given to another part."""
    for name in FLAGS:
        if getattr(arguments, name) not in (None, 0, False, []):
            shown = "ID" if name == "names" else "--" + name.replace("_", "-")
            raise InputError(f"kb {arguments.part}: {shown} belongs to `kb verify`")
