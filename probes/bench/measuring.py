"""Measures one case in the worker: build, first calls, equality gate, warm-up, samples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from probes.bench import peak_memory
from probes.bench.backends import Backend
from probes.bench.building import build_program
from probes.bench.case_files import RING, CaseArrays, parts
from probes.bench.equality import check_equality
from probes.bench.places import Places
from probes.bench.program import Program
from probes.bench.sampling import CURVE_CALLS, Subject, choose_loops, take_samples, warm_up
from probes.bench.workloads import load_workload

_LEAST_CALLS = 3
_LEAST_CALLS_COMPILED = 12


def measure(backend: Backend, job: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """Return what was found; samples only if the output is right and the job asks for them."""
    workload = load_workload(case["workload"])
    arrays = CaseArrays(case["file"])
    weights = {name: backend.weight(array) for name, array in arrays.weights.items()}
    places = Places(
        tensor_maker(backend, case["sizes"]),
        arrays.inputs,
        moves=job["relocate"] and not workload.STAYS,
    )
    references = arrays.references
    del arrays  # Else the peak below would count the weights twice.
    backend.start()
    program = build_program(workload, backend, weights, job, case)
    subject = Subject(program.step, places, backend.synchronise, backend.checksum)

    on_device = backend.reset_peak_memory()
    own_peak = not on_device and peak_memory.reset_peak()
    first_calls = [subject.call_once(index) for index in range(RING)]
    equality = check_equality(_outputs(backend, program, subject), references, case["tolerance"])
    if not program.ready:
        backend.verify(job["arm_mode"])
    result: dict[str, Any] = {
        "status": "ok" if equality["passed"] else "not-comparable",
        "equality": equality,
        "first_call_seconds": first_calls[0],
        "second_call_seconds": first_calls[1],
        "first_pass_seconds": sum(first_calls),
    }
    if not equality["passed"]:
        result["reason"] = distance_words(equality)
    elif job["mode"] == "measure":
        result |= _sample(subject, job, RING if workload.SHAPES_VARY else 1, first_calls)
        found = program.figures(places.ring) if program.figures else {}
        result["figures"] = {name: list(figure) for name, figure in found.items()}
    result["recompiles"] = None if program.ready else backend.recompiles()
    result["peak_memory_bytes"] = (
        backend.peak_memory_bytes()
        if on_device
        else (peak_memory.peak_bytes() if own_peak else None)
    )
    return result


def tensor_maker(backend: Backend, sizes: dict[str, int]) -> Callable[[Any], Any]:
    """Return the function that makes an input of these sizes from an array."""
    tensor: Callable[[Any], Any] = backend.host_tensor if sizes.get("from_host") else backend.tensor
    if sizes.get("bfloat16"):
        return lambda array: backend.to_bfloat16(tensor(array))
    return tensor


def _outputs(backend: Backend, program: Program, subject: Subject) -> list[list[Any]]:
    ring = subject.places.ring
    outputs = program.outputs(ring) if program.outputs else subject.outputs()
    return [[backend.to_numpy(part) for part in parts(output)] for output in outputs]


def _sample(
    subject: Subject, job: dict[str, Any], least_loops: int, first_calls: list[float]
) -> dict[str, Any]:
    warmed = warm_up(
        subject,
        least_calls=_LEAST_CALLS_COMPILED if job["compiled"] else _LEAST_CALLS,
        least_seconds=job["warm_up_seconds"],
        cap_seconds=job["warm_up_cap_seconds"],
    )
    loops = choose_loops(subject, job["sample_seconds"], warmed.call_seconds, least_loops)
    return {
        "samples": take_samples(subject, loops, job["samples"]),
        "loops": loops,
        "warm_up": [*first_calls, *warmed.curve][:CURVE_CALLS],
        "settled": warmed.settled,
    }


def distance_words(equality: dict[str, Any]) -> str:
    """Return how far a result is from its reference."""
    distance = equality["relative_l2"]
    found = "not finite or of another shape" if distance is None else f"{distance:.2e}"
    return f"the result differs from the reference: {found}, allowed {equality['tolerance']:.0e}"
