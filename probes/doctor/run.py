"""Takes a record of this machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping

from probes.bench.events import OnProgress, ignore_progress
from probes.doctor.record import Record
from probes.evidence import Reading
from probes.frameworks.look import gather_frameworks
from probes.interpreters import FRAMEWORKS, NAMES
from probes.plain_text import clean_line
from probes.run import look_at_hardware, stamp, tool_version

# The hardware look reads them as well; a record taken without it still needs them.
_CHOOSING = (
    "CUDA_VISIBLE_DEVICES",
    "NVIDIA_VISIBLE_DEVICES",
    "HIP_VISIBLE_DEVICES",
    "ROCR_VISIBLE_DEVICES",
    "ONEAPI_DEVICE_SELECTOR",
    "JAX_PLATFORMS",
)


def take_record(
    interpreters: Mapping[str, str] | None = None,
    *,
    hardware: Mapping[str, Reading] | None = None,
    compiled: bool = True,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> Record:
    """Look at the machine, then at every framework; see :func:`probes.run.look_at_frameworks`.

    Raises:
        ProbeError: A framework has no such name, or an interpreter cannot be executed.
    """
    from probes.bench.events import Progress

    facts = hardware if hardware is not None else look_at_hardware(on_progress=on_progress)

    def tell(framework: str) -> None:
        done = FRAMEWORKS.index(framework) / len(FRAMEWORKS)
        words = f"looking at {NAMES[framework]}"
        on_progress(Progress(phase="frameworks", text=words, framework=framework, done=done))

    gathered = gather_frameworks(
        facts, interpreters, compiled=compiled, on_framework=tell, cancel=cancel
    )
    return Record(
        tool_version=tool_version(),
        created=stamp(),
        hardware=dict(facts),
        environment={
            name: clean_line(os.environ[name]) for name in _CHOOSING if name in os.environ
        },
        frameworks=gathered,
    )
