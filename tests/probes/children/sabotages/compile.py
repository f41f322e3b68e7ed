"""What is called for the first time, ported wrongly."""

from __future__ import annotations

from typing import Any

from probes.bench.workloads import load_workload
from probes.bench.workloads.compile import of
from sabotages import Sabotage, decode, nothing, transformer_block


def sabotages(sizes: dict[str, int]) -> dict[str, Sabotage]:
    called = load_workload(of(sizes))
    mistakes = decode if of(sizes) == "decode" else transformer_block

    def inside(mistake: Sabotage) -> Sabotage:
        def sabotage(workload: Any, framework: str) -> Any:
            return mistake(called, framework)

        return sabotage

    return {name: inside(one) for name, one in mistakes.SABOTAGES.items()} | {"none": nothing}
