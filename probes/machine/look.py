"""The whole hardware look: every step side by side, each under the time limit.

Must import no framework and no numpy, and must stay within two seconds whatever hangs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from probes.evidence import Reading
from probes.machine import cpu, device_nodes, host, memory, nvidia, pci, tpu
from probes.machine.bus_cards import add_bus_cards
from probes.machine.steps import StepSpec, run_steps

STEP_LIMIT_SECONDS = 1.8


def look_at_machine(
    root: Path = Path("/"),
    environment: Mapping[str, str] | None = None,
    limit_seconds: float = STEP_LIMIT_SECONDS,
) -> dict[str, Reading]:
    """Return every hardware fact by its kebab id; a step that fails reports ``unknown``.

    Args:
        root: Where /proc, /sys and /dev are found; another machine's tree in tests.
        environment: Environment variables; those of this process by default.
        limit_seconds: Time that each step (they run side by side) may take.
    """
    variables = os.environ if environment is None else environment
    readings = run_steps(
        {
            "host": StepSpec(host.FACTS, lambda: host.look(root, variables)),
            "cpu": StepSpec(cpu.FACTS, lambda: cpu.look(root)),
            "memory": StepSpec(memory.FACTS, lambda: memory.look(root)),
            "pci": StepSpec(pci.FACTS, lambda: pci.look(root)),
            "device-nodes": StepSpec(device_nodes.FACTS, lambda: device_nodes.look(root)),
            "nvidia": StepSpec(nvidia.FACTS, lambda: nvidia.look(root)),
            "tpu": StepSpec(tpu.FACTS, lambda: tpu.look(root)),
        },
        limit_seconds,
    )
    readings["gpus"] = add_bus_cards(root, readings["gpus"])
    return readings
