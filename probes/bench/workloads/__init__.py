"""One file per workload: inputs, NumPy reference and every framework, side by side.

A workload module has ``TITLE``, ``METRIC`` (its unit; ``work`` gives the amount per call),
``CASES`` (sizes by case), ``EFFORTS`` (cases by effort), ``TOLERANCE`` of the equality gate (one,
or one per part of the output, of which the last holds for all further parts), ``describe(sizes)``,
``work(sizes)``, ``arrays(sizes, generator)``, ``reference(weights, sizes, *inputs)``, and one
builder per framework, named as the framework (``pytorch``, ``tensorflow``, ``jax``, ``keras``),
that returns the function to be timed, or a :class:`probes.bench.program.Program` where one function
does not say it all. What else it may say stands, with what holds otherwise, in :data:`TRAITS`; and
``arithmetic(sizes)`` (10⁹ operations) and ``traffic(sizes)`` (10⁹ bytes) are what a call needs at
least. Of its sizes, ``from_host`` leaves the inputs in the host's memory, ``cold`` gives the
process compile caches of its own, empty ones, and ``bfloat16`` has inputs rounded to it
before any time is taken.

The module level imports nothing: the controller reads these facts without numpy or a framework.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

# To add a workload: write its file, name it here. The order is that of importance: a time budget
# drops the last ones first.
WORKLOADS = {
    "transformer-block": "probes.bench.workloads.transformer_block",
    "train-step": "probes.bench.workloads.train_step",
    "decode": "probes.bench.workloads.decode",
    "attention": "probes.bench.workloads.attention",
    "matmul": "probes.bench.workloads.matmul",
    "embedding": "probes.bench.workloads.embedding",
    "cnn": "probes.bench.workloads.cnn",
    "lstm": "probes.bench.workloads.lstm",
    "variable-length": "probes.bench.workloads.variable_length",
    "memory": "probes.bench.workloads.memory",
    "compile": "probes.bench.workloads.compile",
    "export-serve": "probes.bench.workloads.export_serve",
    "data-pipeline": "probes.bench.workloads.data_pipeline",
    "cold-start": "probes.bench.workloads.cold_start",
    "dispatch": "probes.bench.workloads.dispatch",
    "transfer": "probes.bench.workloads.transfer",
}

TRAITS: dict[str, Any] = {
    # Modes it can be run in, by framework, such as {"pytorch": ("eager",)}; all of them otherwise.
    "MODES": {},
    # Whether gradients are recorded (training).
    "GRADIENTS": False,
    # Whether inputs differ in shape from call to call, so that compilers must cope with it.
    "SHAPES_VARY": False,
    # Whether builders get a third argument, the arm's `building.Compiler`, and compile themselves
    # what pays.
    "BUILDS": False,
    # Whether each sample is a process of its own: then ``measure(job, case)`` stands for the
    # builders, runs before any framework is imported, and returns what `worker.fresh` expects.
    "FRESH": False,
    # Whether inputs stay where they are in memory (as where a step keeps a state of its own).
    "STAYS": False,
    # What samples are made of: "seconds" or "bytes".
    "QUANTITY": "seconds",
    # Whether it means nothing without an accelerator.
    "DEVICE_ONLY": False,
    # For the estimate before a run, seconds on two slow cores: a settled call where that is long
    # (one number, or by arm); by arm, what a case needs for compiling with the caches of the run
    # and, beyond that, with empty ones; by arm, one whole process of a workload that is FRESH.
    "CALL_SECONDS": 0.0,
    "COMPILE_SECONDS": {},
    "COLD_SECONDS": {},
    "PROCESS_SECONDS": {},
}


BFLOAT16_TOLERANCE = 2e-2
"""Eight bits of mantissa: a half of one in the last place is 0.2 %, and sums of rounded terms."""


def load_workload(name: str) -> ModuleType:
    """Import a workload's module, with every trait. Raises ``KeyError`` for an unknown name."""
    module = importlib.import_module(WORKLOADS[name])
    for trait, otherwise in TRAITS.items():
        module.__dict__.setdefault(trait, otherwise)
    return module


def tolerance_of(name: str, sizes: Mapping[str, int]) -> float | Sequence[float]:
    """Return the distance that the gate allows, for the precision of these sizes."""
    if sizes.get("bfloat16"):
        return BFLOAT16_TOLERANCE
    tolerance: float | Sequence[float] = load_workload(name).TOLERANCE
    return tolerance


def runs(name: str, framework: str, mode: str, device: str) -> bool:
    """Say whether a workload is written for a framework, in this mode, on this device."""
    module = load_workload(name)
    if module.DEVICE_ONLY and device == "cpu":
        return False
    written = module.FRAMEWORKS if module.FRESH else vars(module)
    return framework in written and mode in module.MODES.get(framework, (mode,))
