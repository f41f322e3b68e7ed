"""What the faces call: look at the hardware, look at the frameworks, benchmark, or all of it.

Imports no framework and no numpy, renders nothing. All functions may run in a thread of the face;
``cancel`` ends each of them early with what is known by then.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import threading
from collections.abc import Mapping
from pathlib import Path

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import OnCheckpoint, run_plan
from probes.bench.document import Benchmarks, Plan
from probes.bench.events import OnProgress, Progress, ignore_progress
from probes.document import Environment, Framework, ProbeDocument
from probes.evidence import Reading
from probes.frameworks.look import look_at_each_framework
from probes.health import health
from probes.interpreters import FRAMEWORKS, NAMES
from probes.machine.look import look_at_machine
from probes.planning import plan_benchmarks as plan_benchmarks

_DISTRIBUTION = "fw-advisor"


def look_at_hardware(
    *, root: Path = Path("/"), on_progress: OnProgress = ignore_progress
) -> dict[str, Reading]:
    """Return every hardware fact by its kebab id; takes at most about two seconds."""
    on_progress(Progress(phase="hardware", text="looking at this machine"))
    return look_at_machine(root)


def look_at_frameworks(
    hardware: Mapping[str, Reading] | None = None,
    interpreters: Mapping[str, str] | None = None,
    *,
    compiled: bool = True,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> dict[str, Framework]:
    """Return what every framework can really use; one child process for each that is installed.

    Args:
        hardware: Of :func:`look_at_hardware`; looked at anew if not given.
        interpreters: Such as ``{"torch": "/path/python"}``; this interpreter otherwise.
        compiled: Also run a compiled operation (torch.compile takes seconds when cold).
        on_progress: Told about each framework before its child starts.
        cancel: Ends the look early; a framework cut off is left out.

    Raises:
        ProbeError: A framework has no such name, or an interpreter cannot be executed.
    """

    def tell(framework: str) -> None:
        done = FRAMEWORKS.index(framework) / len(FRAMEWORKS)
        on_progress(
            Progress(
                phase="frameworks",
                text=f"looking at {NAMES[framework]}",
                framework=framework,
                done=done,
            )
        )

    return look_at_each_framework(
        hardware if hardware is not None else look_at_hardware(),
        interpreters,
        compiled=compiled,
        on_framework=tell,
        cancel=cancel,
    )


def run_benchmarks(
    plan: Plan,
    interpreters: Mapping[str, str] | None = None,
    *,
    on_progress: OnProgress = ignore_progress,
    on_checkpoint: OnCheckpoint | None = None,
    previous: BenchmarkRun | None = None,
    cancel: threading.Event | None = None,
) -> BenchmarkRun:
    """Measure the plan; see :func:`probes.bench.controller.run_plan`.

    :func:`probes.bench.estimate.estimate_seconds` tells beforehand how long it will take.
    """
    return run_plan(
        plan,
        interpreters,
        on_progress=on_progress,
        on_checkpoint=on_checkpoint,
        previous=previous,
        cancel=cancel,
    )


def probe(
    effort: str = "quick",
    interpreters: Mapping[str, str] | None = None,
    *,
    workloads: list[str] | None = None,
    wanted: list[str] | None = None,
    arms: list[str] | None = None,
    seed: int = 0,
    benchmark: bool = True,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> ProbeDocument:
    """Return the whole document: hardware, frameworks, then the benchmark, in that order.

    Interrupted, it returns what is known by then (``benchmarks.interrupted`` says so).

    Raises:
        ProbeError: A name is unknown or an interpreter cannot be executed.
    """
    stop = cancel or threading.Event()
    hardware = look_at_hardware(on_progress=on_progress)
    frameworks = look_at_frameworks(hardware, interpreters, on_progress=on_progress, cancel=stop)
    run: BenchmarkRun | None = None
    if benchmark and not stop.is_set():
        plan = plan_benchmarks(
            effort,
            hardware,
            frameworks,
            workloads=workloads,
            wanted=wanted,
            arms=arms,
            seed=seed,
        )
        run = run_benchmarks(plan, interpreters, on_progress=on_progress, cancel=stop)
    return assemble_document(hardware, frameworks, run, interrupted=stop.is_set())


def assemble_document(
    hardware: Mapping[str, Reading],
    frameworks: Mapping[str, Framework] | None = None,
    run: BenchmarkRun | None = None,
    *,
    interrupted: bool = False,
) -> ProbeDocument:
    """Put parts into one document, stamped with the version and the time, with its state."""
    found = health(hardware, frameworks or {}, run.benchmarks if run else None)
    return ProbeDocument(
        tool_version=tool_version(),
        created=stamp(),
        hardware=dict(hardware),
        frameworks=dict(frameworks or {}),
        benchmarks=run.benchmarks if run else Benchmarks(interrupted=interrupted),
        environment=run.environment if run else Environment(),
        aa=run.aa if run else None,
        state=found.state,
        faults=list(found.faults),
    )


def stamp() -> str:
    """Return the time of a document: UTC, ISO 8601."""
    return _now().strftime("%Y-%m-%dT%H:%M:%SZ")


def _now() -> datetime.datetime:
    # https://reproducible-builds.org/specs/source-date-epoch/
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return datetime.datetime.fromtimestamp(int(fixed), datetime.UTC)
    return datetime.datetime.now(datetime.UTC)


def tool_version() -> str:
    """Return the version of this program; a checkout that is not installed has none."""
    try:
        return importlib.metadata.version(_DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return "0+checkout"
