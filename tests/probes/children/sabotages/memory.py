"""The training step whose memory counts, ported wrongly; its losses alone must tell."""

from __future__ import annotations

from typing import Any

from probes.bench.workloads import train_step as measured
from sabotages import Sabotage, nothing, train_step


def _inside(mistake: Sabotage) -> Sabotage:
    def sabotage(workload: Any, framework: str) -> Any:
        return mistake(measured, framework)

    return sabotage


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "no bias correction": _inside(train_step.no_bias_correction),
    "missing positions": _inside(train_step.missing_positions),
    "missing causal mask": _inside(train_step.missing_mask),
    "targets not shifted": _inside(train_step.targets_not_shifted),
}


def sabotages(sizes: dict[str, int]) -> dict[str, Sabotage]:
    return SABOTAGES
