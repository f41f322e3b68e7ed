"""The child of the framework look: one process, one framework, stage by stage.

Standard library only besides the framework itself. Whatever happens here, the lines sent before it
stay valid.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Look at ``job["framework"]``; an import error is a line, not a crash."""
    kernels = importlib.import_module(f"probes.frameworks.kernels.{job['framework']}")
    try:
        kernels.look(emit, bool(job["compiled"]))
    except Exception as error:
        # ImportError before "imported", anything else after it: the stage tells which.
        emit({"stage": "stopped", "error": f"{type(error).__name__}: {error}"[:4000]})
    else:
        emit({"stage": "done"})
