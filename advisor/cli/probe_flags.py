"""The flags of `probe`, and which of its parts each of them goes with."""

from __future__ import annotations

import argparse

from advisor.errors import InputError

from . import bench_flags, claims_flags, history_flags

PARTS = ("hardware", "bench", "doctor", "claims", "history")
CONDITIONS = ("degraded", "failed")
NOT_MEASURING = (
    ("hardware", "runs no framework", ("python",)),
    ("doctor", "measures no speed", ()),
    ("history", "measures nothing", ("python", "fail_if")),
    ("claims", "measures nothing", ("python", "fail_if", "redact")),
)
DOCTOR_ONLY = ("plan", "replay", "assume")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and flags of this command."""
    parser.add_argument(
        "part",
        nargs="?",
        choices=PARTS,
        help="hardware: look at the machine, run no framework; bench: look and measure (longer "
        "than without a part); doctor: what each framework can use, and why not; claims: what "
        "documents say, put to the test of what was measured; history: the runs that are kept. "
        "Without: hardware, what the frameworks can use, and a quick measurement",
    )
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="FRAMEWORK=PATH",
        help="interpreter that has torch, tensorflow or jax: its path, or the folder or the name "
        "of a virtual or conda environment (repeatable)",
    )
    parser.add_argument(
        "--fail-if",
        action="append",
        default=[],
        metavar="STATE",
        help="exit with 1 if the machine is degraded (or worse), or failed (repeatable)",
    )
    parser.add_argument(
        "--redact",
        action="store_true",
        help="take names and identifiers out of what is printed, kept or exported (history: with "
        "RUN and --export; not with claims)",
    )
    bench_flags.configure(parser)
    _doctor(parser)
    history_flags.configure(parser)
    claims_flags.configure(parser)


def _doctor(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("doctor")
    group.add_argument("--plan", action="store_true", help="which builds would work, and how")
    group.add_argument("--replay", metavar="FILE", help="judge a file of `probe doctor --json`")
    group.add_argument(
        "--assume",
        action="append",
        default=[],
        metavar="FACT=VALUE",
        help="plan for another machine: gpu, gpu-memory, memory, driver, python, platform",
    )


def refuse(arguments: argparse.Namespace) -> None:
    """Raise InputError if a flag was given to a part that it does not go with."""
    history_flags.refuse(arguments)
    claims_flags.refuse(arguments)
    bench_flags.refuse(arguments)
    measuring = bench_flags.measuring(arguments)
    for part, does, more in NOT_MEASURING:
        given = measuring + [
            f"--{flag.replace('_', '-')}" for flag in more if getattr(arguments, flag)
        ]
        if arguments.part == part and given:
            raise InputError(f"`probe {part}` {does}: {given[0]} does not go with it")
    if arguments.part == "doctor":
        if arguments.replay and arguments.python:
            raise InputError("--replay reads a file: --python does not go with it")
        return
    given = [flag for flag in DOCTOR_ONLY if getattr(arguments, flag)]
    if given:
        raise InputError(f"--{given[0]} goes with `probe doctor` only")
