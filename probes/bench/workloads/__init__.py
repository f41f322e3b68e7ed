"""One file per workload: inputs, NumPy reference, PyTorch, TensorFlow, side by side.

A workload module has: ``TITLE``, ``METRIC`` (its unit, and ``work`` gives the amount per call),
``TOLERANCE`` of the equality gate, ``CASES`` (sizes by case), ``EFFORTS`` (cases by effort),
``describe(sizes)``, ``work(sizes)``, ``arrays(sizes, generator)``, ``reference(weights, *inputs)``,
and one builder per framework, named as the framework, that returns the function to be timed.
The module level imports nothing: the controller reads these facts without numpy or a framework.
"""

from __future__ import annotations

import importlib
from types import ModuleType

# To add a workload: write its file, name it here.
WORKLOADS = {
    "matmul": "probes.bench.workloads.matmul",
    "transformer-block": "probes.bench.workloads.transformer_block",
}


def load_workload(name: str) -> ModuleType:
    """Import the module of a workload. Raises ``KeyError`` for an unknown name."""
    return importlib.import_module(WORKLOADS[name])
