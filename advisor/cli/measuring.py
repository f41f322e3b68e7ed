"""Measures for `probe` and `advise --probe`: look, plan, say how long, measure block by block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from advisor.errors import InputError

from .announcing import announce, announce_rest
from .asked import Asked
from .keeping import Keeping
from .output import Output
from .progress import Course
from .redacting import redacted_document
from .resuming import Stopped, refuse_changed, stopped_run

if TYPE_CHECKING:
    from probes.bench.assembly import BenchmarkRun
    from probes.bench.document import Plan
    from probes.document import Framework, ProbeDocument
    from probes.evidence import Reading


@dataclass(frozen=True)
class _Machine:
    """What is known before anything is measured."""

    hardware: Mapping[str, Reading]
    frameworks: Mapping[str, Framework]
    redact: bool

    def document(self, run: BenchmarkRun | None, *, interrupted: bool) -> ProbeDocument:
        from probes.run import assemble_document

        document = assemble_document(self.hardware, self.frameworks, run, interrupted=interrupted)
        return redacted_document(document) if self.redact else document


def measure(asked: Asked, keeping: Keeping, course: Course) -> ProbeDocument:
    """Return what was found and measured; interrupted, what is known by then.

    Raises:
        InputError: A run was to be gone on with, and cannot be; it stays as it is.
        ProbeError: What was asked for cannot be measured; finished blocks are kept.
    """
    from probes.run import look_at_frameworks, look_at_hardware

    hardware = look_at_hardware(on_progress=course.show)
    if asked.hardware_only:
        return _Machine(hardware, {}, asked.redact).document(None, interrupted=course.stop.is_set())
    stopped = stopped_run(hardware, asked.interpreters, course.output) if asked.resume else None
    interpreters = stopped.interpreters if stopped else asked.interpreters
    frameworks = look_at_frameworks(
        hardware, interpreters, on_progress=course.show, cancel=course.stop
    )
    redact = asked.redact or (stopped is not None and stopped.document.redacted)
    machine = _Machine(hardware, frameworks, redact)
    if course.stop.is_set():
        if stopped is not None:
            keeping.leave(stopped.run.id)
        return machine.document(stopped.previous if stopped else None, interrupted=True)
    if stopped is not None:
        return _go_on(stopped, machine, keeping, course)
    return _begin(asked, machine, keeping, course)


def _begin(asked: Asked, machine: _Machine, keeping: Keeping, course: Course) -> ProbeDocument:
    plan, whole = _plans(asked, machine)
    if plan.arms:
        announce(plan, whole, asked, course.output)
        keeping.begin(machine.document(None, interrupted=True))
    return _run(plan, None, asked.interpreters, machine, keeping, course)


def _go_on(stopped: Stopped, machine: _Machine, keeping: Keeping, course: Course) -> ProbeDocument:
    refuse_changed(stopped, machine.hardware, machine.frameworks)
    keeping.go_on(stopped.run.id, machine.document(stopped.previous, interrupted=True))
    announce_rest(stopped.plan, stopped.previous, course.output)
    return _run(stopped.plan, stopped.previous, stopped.interpreters, machine, keeping, course)


def _run(
    plan: Plan,
    previous: BenchmarkRun | None,
    interpreters: Mapping[str, str],
    machine: _Machine,
    keeping: Keeping,
    course: Course,
) -> ProbeDocument:
    from probes.errors import ProbeError
    from probes.run import run_benchmarks

    def checkpoint(found: BenchmarkRun) -> None:
        keeping.checkpoint(machine.document(found, interrupted=True))

    try:
        run = run_benchmarks(
            plan,
            interpreters,
            on_progress=course.show,
            on_checkpoint=checkpoint,
            previous=previous,
            cancel=course.stop,
        )
    except ProbeError:
        keeping.give_up()
        raise
    return machine.document(run, interrupted=course.stop.is_set())


def _plans(asked: Asked, machine: _Machine) -> tuple[Plan, Plan]:
    """Return the plan, and what it would be if it might take any time."""
    from probes.planning import plan_benchmarks

    def plan(budget: float | None) -> Plan:
        return plan_benchmarks(
            asked.effort,
            machine.hardware,
            machine.frameworks,
            workloads=asked.workloads,
            wanted=asked.wanted,
            arms=asked.arms,
            seed=asked.seed,
            budget=budget,
            device=asked.device,
            profile=asked.profile,
        )

    return plan(asked.budget), plan(inf)


def analysed(name: str, output: Output) -> ProbeDocument:
    """Return a saved run (a file, or one that is kept) with every figure computed anew.

    Raises:
        InputError: It cannot be read, nothing was measured in it, or no figures can be computed.
    """
    from msgspec import structs

    from probes.bench.analysis import analyse
    from probes.bench.collapse import with_collapses
    from probes.store.sound import unsound

    from .stored_evidence import evidence

    document = evidence(name, output)
    if not document.benchmarks.workloads:
        raise InputError(f"--analyze {name[:80]}: nothing was measured in it")
    problem = unsound(document)
    if problem:
        raise InputError(f"--analyze {name[:80]}: {problem}")
    blocks = with_collapses(document.benchmarks, document.aa, document.environment.blocks)
    try:
        benchmarks, aa = analyse(document.benchmarks, document.aa, blocks)
    except ArithmeticError:
        raise InputError(
            f"--analyze {name[:80]}: its samples lie too far apart to be compared"
        ) from None
    environment = structs.replace(document.environment, blocks=blocks)
    return structs.replace(document, benchmarks=benchmarks, aa=aa, environment=environment)
