"""Builds the program of an arm, in a worker that measures many cases or in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from probes.bench.backends import Backend, load_backend
from probes.bench.case_files import CaseArrays
from probes.bench.places import Places
from probes.bench.program import Program, Ring, as_program
from probes.bench.workloads import load_workload


class Compiler:
    """Compiles a function as the arm does; what builders that compile themselves are given."""

    def __init__(self, backend: Backend, job: dict[str, Any], varying: bool) -> None:
        """Take the arm."""
        self._backend = backend
        self._varying = varying
        self.mode: str = job["arm_mode"]
        # Kept for the whole run and removed after it; none where there is no run.
        self.folder: str | None = job.get("folder")

    def __call__(self, step: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as the arm calls it."""
        return self._backend.build(step, self.mode, self._varying)


def build_program(
    workload: ModuleType,
    backend: Backend,
    weights: dict[str, Any],
    job: dict[str, Any],
    case: dict[str, Any],
) -> Program:
    """Return the program of the arm: compiled as a whole, or as its builder says."""
    builder: Callable[..., Any] = getattr(workload, job["framework"])
    build = Compiler(backend, job, workload.SHAPES_VARY)
    if workload.BUILDS:
        return as_program(builder(weights, case["sizes"], build))
    program = as_program(builder(weights, case["sizes"]))
    program.step = build(program.step)
    return program


class Opened:
    """A program that was built and not yet called, with its inputs, in a process of its own."""

    def __init__(self, backend: Backend, program: Program, ring: Ring) -> None:
        """Keep the three."""
        self.backend = backend
        self.program = program
        self.ring = ring


@contextmanager
def opened(name: str, job: dict[str, Any], case: dict[str, Any]) -> Iterator[Opened]:
    """Import the framework and build the program of workload ``name`` from this case's arrays.

    References are not read, so that they take no memory before a peak is known.
    """
    workload = load_workload(name)
    backend = load_backend(job["framework"], job["threads"], job["device"], job["arm_mode"])
    with backend.session(workload.GRADIENTS):
        arrays = CaseArrays(case["file"], with_references=False)
        weights = {name: backend.weight(array) for name, array in arrays.weights.items()}
        ring = Places(backend.tensor, arrays.inputs, moves=False).ring
        del arrays
        backend.start()
        yield Opened(backend, build_program(workload, backend, weights, job, case), ring)
