"""The whole hardware look: every step side by side, each under the time limit.

Must import no framework and no numpy, and must stay within two seconds whatever hangs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from probes.evidence import Reading
from probes.machine import (
    amd,
    amdsmi,
    apple,
    cgroup,
    container,
    cpu,
    device_nodes,
    host,
    intel,
    memory,
    nvidia,
    nvidia_kernel,
    pci,
    power,
    scheduler,
    tpu,
    variables,
    wsl,
)
from probes.machine.gpus import merge_cards
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
    told = dict(os.environ) if environment is None else environment
    readings = run_steps(
        {
            "host": StepSpec(host.FACTS, lambda: host.look(root)),
            "wsl": StepSpec(wsl.FACTS, lambda: wsl.look(root, told)),
            "container": StepSpec(container.FACTS, lambda: container.look(root, told)),
            "scheduler": StepSpec(scheduler.FACTS, lambda: scheduler.look(told)),
            "variables": StepSpec(variables.FACTS, lambda: variables.look(told)),
            "cpu": StepSpec(cpu.FACTS, lambda: cpu.look(root, told)),
            "power": StepSpec(power.FACTS, lambda: power.look(root)),
            "memory": StepSpec(memory.FACTS, lambda: memory.look(root)),
            "cgroup": StepSpec(cgroup.FACTS, lambda: cgroup.look(root)),
            "pci": StepSpec(pci.FACTS, lambda: pci.look(root)),
            "device-nodes": StepSpec(device_nodes.FACTS, lambda: device_nodes.look(root)),
            "nvidia-kernel": StepSpec(nvidia_kernel.FACTS, lambda: nvidia_kernel.look(root)),
            "nvidia": StepSpec(nvidia.FACTS, lambda: nvidia.look(root, environment=told)),
            "amd": StepSpec(amd.FACTS, lambda: amd.look(root)),
            "amd-smi": StepSpec(amdsmi.FACTS, lambda: amdsmi.look(root)),
            "intel": StepSpec(intel.FACTS, lambda: intel.look(root)),
            "apple": StepSpec(apple.FACTS, lambda: apple.look(root)),
            "tpu": StepSpec(tpu.FACTS, lambda: tpu.look(root)),
        },
        limit_seconds,
    )
    return merge_cards(readings)
