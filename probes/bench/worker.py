"""The worker: one process, one framework, one arm, some cases; the gate first, then the samples.

Runs under any interpreter that has the framework and numpy; needs nothing else (no msgspec). It
sends a line when it starts a case and a line when the case is done, so that a crash in the third
case leaves the first two whole and names the one it happened in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from probes.bench import peak_memory
from probes.bench.backends import Backend, load_backend
from probes.bench.sampling import Subject, choose_loops, take_samples, warm_up

Emit = Callable[[dict[str, Any]], None]

_LEAST_CALLS = 3
_LEAST_CALLS_COMPILED = 12
_MEMORY_WORDS = ("out of memory", "can't allocate memory", "resource_exhausted", "oom when")
_MEMORY_ERRORS = ("OutOfMemoryError", "ResourceExhaustedError", "MemoryError")


def main(job: dict[str, Any], emit: Emit) -> None:
    """Do the job: ``mode`` ``gate`` ends after the equality gate, ``measure`` takes samples."""
    started = time.perf_counter()
    try:
        backend = load_backend(job["framework"], job["threads"], job["device"])
        import numpy  # noqa: F401 - the gate needs it, and its absence has a fix of its own
    except ImportError as error:
        emit({"event": "stopped", "missing": error.name, "error": _words(error)})
        return
    emit(
        {
            "event": "imported",
            "seconds": time.perf_counter() - started,
            "version": backend.version(),
            "threads": backend.threads(),
        }
    )
    with backend.session():
        for case in job["cases"]:
            emit({"event": "case-started", "case": case["id"]})
            emit({"event": "case", "case": case["id"], **run_case(backend, job, case)})
    emit({"event": "done"})


def run_case(backend: Backend, job: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """Return the result of one case; an exception is a result too."""
    try:
        return _measure(backend, job, case)
    except Exception as error:
        words = _words(error)
        memory = type(error).__name__ in _MEMORY_ERRORS or any(
            word in words.lower() for word in _MEMORY_WORDS
        )
        return {"status": "out-of-memory" if memory else "failed", "reason": words}


def _measure(backend: Backend, job: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    from probes.bench.case_files import RING, CaseArrays
    from probes.bench.equality import check_equality
    from probes.bench.workloads import load_workload

    workload = load_workload(case["workload"])
    arrays = CaseArrays(case["file"])
    weights = {name: backend.weight(array) for name, array in arrays.weights.items()}
    ring = [tuple(backend.tensor(array[index]) for array in arrays.inputs) for index in range(RING)]
    references = arrays.references
    del arrays  # Else the peak below would count every input twice.
    step = getattr(workload, job["framework"])(weights, case["sizes"])
    function = backend.build(step, job["arm_mode"])
    subject = Subject(function, ring, backend.synchronise, backend.checksum)

    on_device = backend.reset_peak_memory()
    own_peak = not on_device and peak_memory.reset_peak()
    first, second = subject.call_once(0), subject.call_once(1)
    outputs = [backend.to_numpy(function(*inputs)) for inputs in ring]
    equality = check_equality(outputs, references, case["tolerance"])
    backend.verify(job["arm_mode"], function)
    result: dict[str, Any] = {
        "status": "ok" if equality["passed"] else "not-comparable",
        "equality": equality,
        "first_call_seconds": first,
        "second_call_seconds": second,
    }
    if not equality["passed"]:
        result["reason"] = _distance(equality)
    elif job["mode"] == "measure":
        result |= _sample(subject, job)
    compilations = backend.compilations(function)
    result["recompiles"] = None if compilations is None else max(0, compilations - 1)
    result["peak_memory_bytes"] = (
        backend.peak_memory_bytes()
        if on_device
        else (peak_memory.peak_bytes() if own_peak else None)
    )
    return result


def _sample(subject: Subject, job: dict[str, Any]) -> dict[str, Any]:
    warmed = warm_up(
        subject,
        least_calls=_LEAST_CALLS_COMPILED if job["compiled"] else _LEAST_CALLS,
        least_seconds=job["warm_up_seconds"],
        cap_seconds=job["warm_up_cap_seconds"],
    )
    loops = choose_loops(subject, job["sample_seconds"], warmed.call_seconds)
    return {
        "samples": take_samples(subject, loops, job["samples"]),
        "loops": loops,
        "warm_up": warmed.curve,
        "settled": warmed.settled,
    }


def _distance(equality: dict[str, Any]) -> str:
    distance = equality["relative_l2"]
    found = "not finite or of another shape" if distance is None else f"{distance:.2e}"
    return f"the result differs from the reference: {found}, allowed {equality['tolerance']:.0e}"


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:4000]
