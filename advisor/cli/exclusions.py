"""Flags of `advise` that do not go together, each with one line."""

from __future__ import annotations

import argparse

from advisor.errors import InputError


def refuse(arguments: argparse.Namespace) -> None:
    """Raise InputError for flags that contradict each other."""
    streams = [*arguments.answers, *([arguments.compare] if arguments.compare else [])].count("-")
    if streams > 1:
        raise InputError("standard input can be read once: `-` is given twice")
    if arguments.plain and streams:
        raise InputError("--plain and `-` both read standard input")
    if arguments.team:
        _with(arguments, "--team", ("compare", "toward", "replay", "plain", "probe", "fail_if"))
        if len(arguments.answers) < 2:
            raise InputError("--team needs --answers FILE for each member, two at least")
    if arguments.replay:
        others = ("text", "set", "answers", "evidence", "code", "probe", "plain", "compare")
        _with(arguments, "--replay", (*others, "toward", "seed", "samples"))


def _with(arguments: argparse.Namespace, flag: str, others: tuple[str, ...]) -> None:
    for name in others:
        if getattr(arguments, name) not in (None, False, []):
            other = "TEXT" if name == "text" else f"--{name.replace('_', '-')}"
            raise InputError(f"{flag} and {other} exclude each other")
