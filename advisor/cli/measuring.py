"""Measures for `probe` and `probe bench`: look, plan, estimate, measure block by block, go on."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from advisor.errors import InputError

from .keeping import Keeping
from .output import Output
from .progress import duration
from .redacting import redacted_document
from .store_access import opened_store, refusing

if TYPE_CHECKING:
    from probes.bench.assembly import BenchmarkRun
    from probes.bench.document import Plan
    from probes.bench.events import OnProgress
    from probes.document import Framework, ProbeDocument
    from probes.evidence import Reading


def interpreters_of(arguments: argparse.Namespace) -> dict[str, str]:
    """Return what `--python FRAMEWORK=PATH` says.

    Raises:
        InputError: It is written otherwise.
    """
    return dict(map(_interpreter, arguments.python))


def _interpreter(text: str) -> tuple[str, str]:
    name, sign, path = text.partition("=")
    if not sign or not path:
        raise InputError(f"--python {text[:80]!r}: expected FRAMEWORK=PATH")
    return name, path


def measure(
    arguments: argparse.Namespace,
    output: Output,
    keeping: Keeping,
    show: OnProgress,
    stop: threading.Event,
) -> ProbeDocument:
    """Return what was found and measured; interrupted, what is known by then."""
    from probes.run import assemble_document, look_at_frameworks, look_at_hardware

    interpreters = interpreters_of(arguments)
    hardware = look_at_hardware(on_progress=show)
    if arguments.part == "hardware":
        return assemble_document(hardware, interrupted=stop.is_set())
    previous = _interrupted_run(hardware, keeping, output) if arguments.resume else None
    frameworks = look_at_frameworks(hardware, interpreters, on_progress=show, cancel=stop)
    if stop.is_set():
        return assemble_document(hardware, frameworks, interrupted=True)
    plan = _plan(arguments, hardware, frameworks, previous)
    if plan.arms:
        _announce(plan, previous, output)
    return _measure(plan, previous, arguments, keeping, hardware, frameworks, show, stop)


def _measure(
    plan: Plan,
    previous: BenchmarkRun | None,
    arguments: argparse.Namespace,
    keeping: Keeping,
    hardware: Mapping[str, Reading],
    frameworks: Mapping[str, Framework],
    show: OnProgress,
    stop: threading.Event,
) -> ProbeDocument:
    from probes.run import assemble_document, run_benchmarks

    def so_far(run: BenchmarkRun | None) -> ProbeDocument:
        document = assemble_document(hardware, frameworks, run, interrupted=True)
        return redacted_document(document) if arguments.redact else document

    if plan.arms and previous is None:
        keeping.begin(so_far(None))
    run = run_benchmarks(
        plan,
        interpreters_of(arguments),
        on_progress=show,
        on_block=lambda found: keeping.checkpoint(so_far(found)),
        previous=previous,
        cancel=stop,
    )
    return assemble_document(hardware, frameworks, run, interrupted=stop.is_set())


def _plan(
    arguments: argparse.Namespace,
    hardware: Mapping[str, Reading],
    frameworks: Mapping[str, Framework],
    previous: BenchmarkRun | None,
) -> Plan:
    from probes.planning import plan_benchmarks

    if previous is not None:
        assert previous.benchmarks.plan is not None
        return previous.benchmarks.plan
    return plan_benchmarks(
        arguments.effort or ("standard" if arguments.part == "bench" else "quick"),
        hardware,
        frameworks,
        workloads=arguments.workload,
        arms=arguments.arm,
        seed=arguments.seed,
        budget=budget_of(arguments),
    )


def budget_of(arguments: argparse.Namespace) -> float | None:
    """Return the seconds that `--budget` allows.

    Raises:
        InputError: It is no duration.
    """
    from probes.bench.budget import read_duration
    from probes.errors import ProbeError

    if arguments.budget is None:
        return None
    try:
        return read_duration(arguments.budget)
    except ProbeError as error:
        raise InputError(f"--budget {error}") from None


def _announce(plan: Plan, previous: BenchmarkRun | None, output: Output) -> None:
    from probes.bench.estimate import estimate_seconds

    expected = duration(estimate_seconds(plan))
    if previous is not None:
        done = len(previous.environment.blocks)
        output.narrate(f"going on after {done} blocks; Ctrl-C keeps what is done")
        return
    output.narrate(
        f"{len(plan.cases)} cases, {len(plan.arms)} arms and a copy, {plan.blocks} blocks: "
        f"about {expected}; Ctrl-C keeps what is done"
    )


def _interrupted_run(
    hardware: Mapping[str, Reading], keeping: Keeping, output: Output
) -> BenchmarkRun:
    """Return the newest run that was interrupted on this machine, which `keeping` goes on with."""
    from probes.bench.assembly import BenchmarkRun
    from probes.store import Wanted
    from probes.store.fingerprint import fingerprint, machine_facts

    here = fingerprint(machine_facts(hardware))
    with refusing():
        store = opened_store(output)
        wanted = Wanted(states=("interrupted",), origin="here", fingerprint=here)
        runs = sorted(store.runs(wanted), key=lambda run: -run.number)
        for run in runs:
            document = store.read(run.id).document
            if document.benchmarks.plan is not None and document.benchmarks.plan.arms:
                keeping.go_on(run.id)
                return BenchmarkRun(document.benchmarks, document.aa, document.environment)
    raise InputError("--resume: no run of this machine was interrupted")


def analysed(name: str, output: Output) -> ProbeDocument:
    """Return a saved run (a file, or one that is kept) with every figure computed anew.

    Raises:
        InputError: It cannot be read, or nothing was measured in it.
    """
    from msgspec import structs

    from probes.bench.analysis import analyse

    from .stored_evidence import evidence

    document = evidence(name, output)
    if not document.benchmarks.workloads:
        raise InputError(f"--analyze {name[:80]}: nothing was measured in it")
    benchmarks, aa = analyse(document.benchmarks, document.aa, document.environment.blocks)
    return structs.replace(document, benchmarks=benchmarks, aa=aa)
