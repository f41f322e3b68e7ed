"""Looks into a worker after its work: what it left running, what it took along, what it folded."""

from __future__ import annotations

import multiprocessing
import re
import sys
from typing import Any

from probes.bench.backends import load_backend
from probes.bench.worker import run_case

# A constant of a compiled program that is more than a few numbers.
_LARGE = re.compile(r'dense<"0x([0-9A-Fa-f]{256,})"')


def main(job: dict[str, Any], emit: Any) -> None:
    backend: Any = load_backend(job["framework"], job["threads"], job["device"], job["arm_mode"])
    folded: list[int] = []
    if job.get("texts"):
        _read_programs(getattr(backend, "_host", backend), folded, job.get("close_over", False))
    for case in job["cases"]:
        folded.clear()
        result = run_case(backend, job, case)
        emit(
            {
                "event": "case",
                "case": case["id"],
                "status": result["status"],
                "reason": result.get("reason"),
                "children": len(multiprocessing.active_children()),
                "folded": sum(folded),
                "programs": len(folded),
                "jax": getattr(sys.modules.get("jax"), "__version__", None),
            }
        )


def _read_programs(backend: Any, folded: list[int], close_over: bool) -> None:
    """Note how large the constants of every program are that JAX compiles from now on.

    ``close_over`` makes the mistake that is looked for: weights that are no arguments.
    """
    build = backend.build

    def reading(step: Any, mode: str, varying: bool = False) -> Any:
        compiled = build((lambda *inputs: step(*inputs)) if close_over else step, mode, varying)
        jitted, bound = getattr(compiled, "func", compiled), getattr(compiled, "args", ())
        seen = []

        def call(*inputs: Any) -> Any:
            if not seen:
                seen.append(True)
                text = jitted.lower(*bound, *inputs).as_text()
                folded.append(sum(len(found) for found in _LARGE.findall(text)))
            return compiled(*inputs)

        return call

    backend.build = reading
