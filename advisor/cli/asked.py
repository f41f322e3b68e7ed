"""What a person asks to be probed, checked before anything is looked at."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be looked at and measured, and how long that may take."""

    effort: str = "quick"
    hardware_only: bool = False
    interpreters: dict[str, str] = field(default_factory=dict)
    workloads: Sequence[str] | None = None
    """Those that were asked for by name."""
    wanted: Sequence[str] | None = None
    """Those that count for the answers of a person."""
    arms: Sequence[str] | None = None
    seed: int = 0
    budget: float | None = None
    """Seconds to fit the plan into."""
    device: Literal["cpu", "cuda"] | None = None
    profile: Literal["matched", "default"] = "matched"
    resume: bool = False
    redact: bool = False
    longer: str = ""
    """What a person types to have more time; `TIME` stands for the budget."""


def asked_with(arguments: argparse.Namespace) -> Asked:
    """Return what the flags of `probe` ask for.

    Raises:
        InputError: One of them is no duration, names nothing known, or is written otherwise.
    """
    asked = Asked(
        effort=arguments.effort or ("standard" if arguments.part == "bench" else "quick"),
        hardware_only=arguments.part == "hardware",
        interpreters=interpreters_of(arguments),
        workloads=arguments.workload,
        arms=arguments.arm,
        seed=arguments.seed,
        budget=budget_of(arguments),
        device=arguments.device,
        profile=arguments.profile or "matched",
        resume=arguments.resume,
        redact=arguments.redact,
        longer="--budget TIME",
    )
    _refuse_unknown(asked)
    return asked


def interpreters_of(arguments: argparse.Namespace) -> dict[str, str]:
    """Return what `--python FRAMEWORK=PATH` says.

    Raises:
        InputError: It is written otherwise.
    """
    return dict(map(_interpreter, arguments.python))


def _interpreter(text: str) -> tuple[str, str]:
    name, sign, path = text.partition("=")
    if not sign or not path:
        raise InputError(f"--python {text[:80]!r}: expected FRAMEWORK=PATH")
    return name, path


def budget_of(arguments: argparse.Namespace) -> float | None:
    """Return the seconds that `--budget` allows.

    Raises:
        InputError: It is no duration.
    """
    from probes.bench.budget import read_duration
    from probes.errors import ProbeError

    if arguments.budget is None:
        return None
    try:
        return read_duration(arguments.budget)
    except ProbeError as error:
        raise InputError(f"--budget {error}") from None


def _refuse_unknown(asked: Asked) -> None:
    """Refuse names that nobody knows, before anybody waits for a look at the frameworks."""
    from probes.bench.plan import make_plan
    from probes.errors import ProbeError
    from probes.interpreters import resolve_interpreters

    try:
        resolve_interpreters(asked.interpreters)
        make_plan(asked.effort, workloads=asked.workloads, arms=asked.arms)
    except ProbeError as error:
        raise InputError(str(error)) from None
