"""What was found on a machine, as effects: measured ratios, and what cannot use its accelerator.

A ratio becomes log2 of it, a quarter per doubling, flat beyond four.

A measurement replaces what was read about speed. One that is undecided moves nothing: it only
says how wide the question still is.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log2
from typing import Literal

import msgspec

from .space import State
from .tables import CompiledRule, Tables, spread

FLAT = 0.5
COMPARED = ("pytorch", "tensorflow")


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """One comparison measured on a machine: time of PyTorch ÷ time of TensorFlow, best arms."""

    workload: str
    device: Literal["cpu", "gpu"]
    pytorch_arm: str
    tensorflow_arm: str
    ratio: float
    low: float
    high: float
    verdict: Literal["faster", "slower", "equivalent", "undecided"]
    measured_on: str
    origin: str


def effect_of(ratio: float) -> float:
    """Return the effect on PyTorch of a ratio of its time to TensorFlow's."""
    return max(-FLAT, min(FLAT, -log2(ratio) / 4))


class CannotUse(msgspec.Struct, frozen=True, kw_only=True):
    """One option that cannot use the accelerators of a machine, why, and what helps (if anything).

    `remedy` is empty where nothing published works there.
    """

    option: str
    device: str
    code: str
    text: str
    remedy: str
    found_on: str
    origin: str


Evidence = Measurement | CannotUse
Used = list[tuple[CompiledRule, Evidence]]
"""Rules that evidence brought in, each with it; a rule may stand here for several options."""


def rules_from(tables: Tables, state: State, evidence: Iterable[Evidence]) -> Used:
    """Return the rules that measurements and verdicts on devices bring in."""
    given = list(evidence)
    verdicts = [one for one in given if isinstance(one, CannotUse)]
    measurements = [one for one in given if isinstance(one, Measurement)]
    if any(verdict.option in COMPARED for verdict in verdicts):
        # What cannot be used now was measured before, or elsewhere: it says nothing of today.
        measurements = [one for one in measurements if one.device != "gpu"]
    return [
        *_from_measurements(tables, state, measurements),
        *_from_verdicts(tables, state, verdicts),
    ]


def unique_rules(used: Used) -> list[CompiledRule]:
    """Return each rule once."""
    return list({rule.id: rule for rule, _ in used}.values())


def _from_verdicts(tables: Tables, state: State, verdicts: list[CannotUse]) -> Used:
    """Return a rule per entry of the knowledge base, for all options that it concerns together."""
    option_of = {name: index for index, name in enumerate(tables.options)}
    found: Used = []
    for waiting in tables.unusable:
        if any(tables.space.likelihood(state, test) < 1.0 for test in waiting.tests):
            continue
        known = waiting.rule.remedy == "known"
        concerned = [v for v in verdicts if bool(v.remedy) is known and v.option in option_of]
        _, likely, _ = waiting.rule.effect
        effects = tuple(
            (option_of[v.option], waiting.criterion, likely, spread(*waiting.rule.effect))
            for v in concerned
        )
        rule = CompiledRule(waiting.rule.id, (), effects=effects)
        found += [(rule, verdict) for verdict in concerned]
    return found


def _from_measurements(tables: Tables, state: State, measurements: Iterable[Measurement]) -> Used:
    """Return a rule per measurement that a measure rule of the knowledge base asks for."""
    by_workload = {m.workload: m for m in measurements}
    option_of = {name: index for index, name in enumerate(tables.options)}
    found: Used = []
    for measure in tables.measures:
        rule = measure.rule
        measurement = by_workload.get(rule.workload)
        if measurement is None or rule.device not in ("any", measurement.device):
            continue
        if any(tables.space.likelihood(state, test) < 1.0 for test in measure.tests):
            continue
        low, high = sorted((effect_of(measurement.low), effect_of(measurement.high)))
        likely = effect_of(measurement.ratio)
        if measurement.verdict in ("undecided", "equivalent"):
            likely = 0.0
            low, high = min(low, 0.0), max(high, 0.0)
        deviation = spread(low, likely, high) * rule.share
        effects = tuple(
            (option_of[name], measure.criterion, sign * likely * rule.share, deviation)
            for name, sign in zip(COMPARED, (1, -1), strict=True)
        )
        made = CompiledRule(rule.id, (), effects=effects, measured=True)
        found.append((made, measurement))
    return found
