"""The worker: one process, one framework, one arm, some cases; the gate first, then the samples.

Runs under any interpreter that has the framework and numpy; needs nothing else (no msgspec). It
sends a line when it starts a case and a line when the case is done, so that a crash in the third
case leaves the first two whole and names the one it happened in.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from typing import Any

from probes.bench.backends import Backend, load_backend
from probes.bench.workloads import load_workload

Emit = Callable[[dict[str, Any]], None]

# Names of exceptions too, and of those that a compiler's exception only tells of.
_MEMORY_WORDS = (
    "memoryerror",
    "resourceexhausted",
    "resource_exhausted",
    "out of memory",
    "can't allocate memory",
    "oom when",
    "bad_alloc",
)


def main(job: dict[str, Any], emit: Emit) -> None:
    """Do the job: ``mode`` ``gate`` ends after the equality gate, ``measure`` takes samples."""
    from probes.bench.fresh import run_fresh

    if load_workload(job["cases"][0]["workload"]).FRESH:
        run_fresh(job, emit)
        return
    started = time.perf_counter()
    backend = _import(job, emit, started)
    if backend is None:
        return
    for case in job["cases"]:
        emit({"event": "case-started", "case": case["id"]})
        emit({"event": "case", "case": case["id"], **run_case(backend, job, case)})
    emit({"event": "done"})


def _import(job: dict[str, Any], emit: Emit, started: float) -> Backend | None:
    """Import the framework and say so; say why if it cannot be imported."""
    try:
        backend = load_backend(job["framework"], job["threads"], job["device"], job["arm_mode"])
        import numpy  # noqa: F401 - the gate needs it, and its absence has a fix of its own
    except Exception as error:
        emit(stopped(error))
        return None
    emit(
        {
            "event": "imported",
            "seconds": time.perf_counter() - started,
            "version": backend.version(),
            "runs_on": backend.runs_on(),
            "threads": backend.threads(),
        }
    )
    return backend


def run_case(backend: Backend, job: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """Return the result of one case; an exception is a result too."""
    from probes.bench.measuring import measure

    try:
        with backend.session(load_workload(case["workload"]).GRADIENTS):
            return measure(backend, job, case)
    except Exception as error:
        return failure(error)


def stopped(error: Exception) -> dict[str, Any]:
    """Return the line of a worker whose framework cannot be imported."""
    found = failure(error)
    return {
        "event": "stopped",
        "missing": error.name if isinstance(error, ImportError) else None,
        "error": found["reason"],
        "status": found["status"],
    }


def failure(error: Exception) -> dict[str, Any]:
    """Return what an exception means for a case."""
    words = words_of(error)
    memory = (
        isinstance(error, MemoryError)
        or getattr(error, "errno", None) == errno.ENOMEM
        or any(word in words.lower() for word in _MEMORY_WORDS)
    )
    return {"status": "out-of-memory" if memory else "failed", "reason": words}


def words_of(error: BaseException) -> str:
    """Return type and words of an exception, not endlessly."""
    return f"{type(error).__name__}: {error}"[:4000]
