"""The equality gate: no time is taken of a computation that is not the same computation.

Runs in the worker, with numpy. The reference is float64 NumPy, computed once per case and read by
every arm from the same file. An output may have several parts (losses, gradients), each with a
tolerance of its own; a tolerance of zero is for whole numbers, such as generated tokens.
"""

from __future__ import annotations

from typing import Any

from probes.bench.case_files import parts


def relative_l2(output: Any, reference: Any) -> float:
    """Return ‖output − reference‖ ÷ ‖reference‖; infinite where shape or finiteness differ."""
    import numpy as np

    wide = np.asarray(output, dtype=np.float64)
    if wide.shape != reference.shape or not np.isfinite(wide).all():
        return float("inf")
    scale = float(np.linalg.norm(reference))
    distance = float(np.linalg.norm(wide - reference))
    return distance / scale if scale > 0 else distance


def check_equality(outputs: list[Any], references: list[Any], tolerance: Any) -> dict[str, Any]:
    """Return the distance nearest to failing over all outputs and whether all pass; JSON-ready."""
    worst, allowed = 0.0, float(parts(tolerance)[0])
    passed = len(outputs) == len(references)
    for output, reference in zip(outputs, references, strict=False):
        found, expected = parts(output), parts(reference)
        # The last one holds for all further parts.
        further = [parts(tolerance)[-1]] * len(expected)
        tolerances = [*parts(tolerance), *further][: len(expected)]
        if len(found) != len(expected):
            passed, worst = False, float("inf")
            break
        for one, other, limit in zip(found, expected, tolerances, strict=True):
            distance = relative_l2(one, other)
            passed &= distance <= limit
            if _nearness(distance, limit) >= _nearness(worst, allowed):
                worst, allowed = distance, float(limit)
    return {
        "passed": passed,
        "relative_l2": worst if worst < float("inf") else None,
        "tolerance": allowed,
    }


def _nearness(distance: float, limit: float) -> float:
    """Return how far a distance has used up its tolerance."""
    if limit > 0:
        return distance / limit
    return float("inf") if distance > 0 else 0.0
