"""The equality gate: no time is taken of a computation that is not the same computation.

Runs in the worker, with numpy. The reference is float64 NumPy, computed once per case and read by
every arm from the same file.
"""

from __future__ import annotations

from typing import Any


def relative_l2(output: Any, reference: Any) -> float:
    """Return ‖output − reference‖ ÷ ‖reference‖; infinite where shape or finiteness differ."""
    import numpy as np

    wide = np.asarray(output, dtype=np.float64)
    if wide.shape != reference.shape or not np.isfinite(wide).all():
        return float("inf")
    scale = float(np.linalg.norm(reference))
    distance = float(np.linalg.norm(wide - reference))
    return distance / scale if scale > 0 else distance


def check_equality(outputs: list[Any], references: list[Any], tolerance: float) -> dict[str, Any]:
    """Return the worst distance over all inputs and whether it passes; JSON-ready."""
    worst = max(
        relative_l2(output, reference)
        for output, reference in zip(outputs, references, strict=True)
    )
    return {
        "passed": worst <= tolerance,
        "relative_l2": worst if worst < float("inf") else None,
        "tolerance": tolerance,
    }
