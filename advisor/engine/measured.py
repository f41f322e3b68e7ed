"""Local measurements as effects: log2 of the ratio, a quarter per doubling, flat beyond four.

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


def rules_from(
    tables: Tables, state: State, measurements: Iterable[Measurement]
) -> list[tuple[CompiledRule, Measurement]]:
    """Return a rule per measurement that a measure rule of the knowledge base asks for."""
    by_workload = {m.workload: m for m in measurements}
    option_of = {name: index for index, name in enumerate(tables.options)}
    found = []
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
            for name, sign in (("pytorch", 1), ("tensorflow", -1))
        )
        found.append((CompiledRule(rule.id, (), effects=effects), measurement))
    return found
