"""The flags that say what `probe` and `probe bench` measure, for how long, and from where."""

from __future__ import annotations

import argparse

from advisor.errors import InputError
from probes.bench.arms import ARMS
from probes.bench.plan import EFFORTS
from probes.bench.workloads import WORKLOADS

MEASURING = ("workload", "arm", "effort", "budget", "device", "profile", "resume")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    group = parser.add_argument_group("benchmark")
    effort = group.add_mutually_exclusive_group()
    effort.add_argument(
        "--quick",
        dest="effort",
        action="store_const",
        const="quick",
        help=f"up to about {_span('quick')}, which is what `probe` takes; `probe bench` takes up "
        f"to {_span('standard')}",
    )
    effort.add_argument(
        "--thorough",
        dest="effort",
        action="store_const",
        const="thorough",
        help=f"up to about {_span('thorough')}: ten blocks, with all sizes and arms that fit",
    )
    group.add_argument(
        "--budget",
        metavar="TIME",
        help="up to about this time instead (5m, 1h30m): arms, sizes and workloads are left out "
        "until it fits, never blocks; one case is measured at least",
    )
    group.add_argument(
        "--workload",
        action="append",
        metavar="ID",
        help=f"only this one (repeatable), however long it takes without --budget: "
        f"{', '.join(WORKLOADS)}",
    )
    group.add_argument(
        "--arm",
        action="append",
        metavar="ID",
        help=f"only this one (repeatable): {', '.join(ARMS)}",
    )
    group.add_argument(
        "--device",
        choices=("cpu", "cuda"),
        help="where to measure; by default on a card that both frameworks can use, else on the "
        "processor",
    )
    group.add_argument(
        "--profile",
        choices=("matched", "default"),
        help="matched (as it is without this flag): equal threads and precision, so that the "
        "framework is what differs; default: each as it comes, which is what a newcomer gets and "
        "does not count in advice",
    )
    group.add_argument("--seed", type=int, default=0, metavar="N", help="seed of order and data")
    group.add_argument(
        "--resume",
        action="store_true",
        help="go on with the last run that was interrupted on this machine, with its plan; "
        "versions and interpreters must still be the same",
    )
    group.add_argument(
        "--analyze",
        metavar="FILE|RUN",
        help="compute every figure of a run anew, of a saved one or one that is kept, without "
        "measuring (with bench, or without a part)",
    )


def _span(effort: str) -> str:
    minutes = round(EFFORTS[effort].seconds / 60)
    return f"{minutes // 60} hours" if minutes >= 120 else f"{minutes} minutes"


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
        raise InputError("--analyze goes with `probe` and `probe bench` only")
    if given or arguments.python:
        flag = given[0] if given else "--python"
        raise InputError(f"--analyze measures nothing: {flag} does not go with it")
