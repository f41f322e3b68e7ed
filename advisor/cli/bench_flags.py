"""The flags that say what `probe` and `probe bench` measure, for how long, and from where."""

from __future__ import annotations

import argparse

from advisor.errors import InputError

MEASURING = ("workload", "arm", "effort", "budget", "resume")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    group = parser.add_argument_group("benchmark")
    effort = group.add_mutually_exclusive_group()
    effort.add_argument(
        "--quick",
        dest="effort",
        action="store_const",
        const="quick",
        help="three to four minutes on two cores",
    )
    effort.add_argument(
        "--thorough", dest="effort", action="store_const", const="thorough", help="two hours"
    )
    group.add_argument(
        "--budget",
        metavar="TIME",
        help="leave out workloads and arms, never blocks, until it fits (5m, 1h30m)",
    )
    group.add_argument("--workload", action="append", metavar="ID", help="only this one")
    group.add_argument(
        "--arm", action="append", metavar="ID", help="only this one, such as pytorch/eager"
    )
    group.add_argument("--seed", type=int, default=0, metavar="N", help="seed of order and data")
    group.add_argument(
        "--resume", action="store_true", help="go on with the last run that was interrupted here"
    )
    group.add_argument("--analyze", metavar="FILE", help="compute every figure of a saved run anew")


def measuring(arguments: argparse.Namespace) -> list[str]:
    """Return the flags given that only mean something where speed is measured."""
    given = [flag for flag in MEASURING if getattr(arguments, flag)]
    return [f"--{arguments.effort if flag == 'effort' else flag}" for flag in given]


def refuse(arguments: argparse.Namespace) -> None:
    """Raise InputError if flags do not go together, or not with the part."""
    given = measuring(arguments)
    if arguments.resume and len(given) > 1:
        other = next(flag for flag in given if flag != "--resume")
        raise InputError(f"--resume goes on with the plan of the run: {other} does not go with it")
    if arguments.analyze is None:
        return
    if arguments.part not in ("bench", None):
        raise InputError("--analyze goes with `probe bench` only")
    if given or arguments.python:
        flag = given[0] if given else "--python"
        raise InputError(f"--analyze measures nothing: {flag} does not go with it")
