"""The framework look: wheels by metadata, then one child per framework, then verdicts.

The controller's side. Must never import a framework, and must survive any end of a child.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping

from msgspec import ValidationError, convert

from probes.document import Framework
from probes.evidence import Reading
from probes.frameworks.gathered import Child, Gathered, Wheels
from probes.frameworks.judge import judge
from probes.frameworks.machine import read_machine
from probes.frameworks.wheels import installed_wheels
from probes.interpreters import FRAMEWORKS, resolve_interpreters
from probes.plain_text import clean_text
from probes.processes import run_child
from probes.temporary import temporary_folder

LIMIT_SECONDS = 180.0
_WHEELS_LIMIT_SECONDS = 20.0


def look_at_each_framework(
    hardware: Mapping[str, Reading],
    interpreters: Mapping[str, str] | None = None,
    *,
    compiled: bool = True,
    limit_seconds: float = LIMIT_SECONDS,
    on_framework: Callable[[str], None] | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, Framework]:
    """Return what every framework can use; those not reached before ``cancel`` are left out.

    Args:
        hardware: Facts of the hardware look; they explain what a framework cannot see.
        interpreters: Interpreter per framework; this process's own where none is given.
        compiled: Whether to run a compiled operation too (a cold torch.compile takes seconds).
        limit_seconds: Time one framework's child may take.
        on_framework: Called with a framework's id before its child starts.
        cancel: Ends the look early.
    """
    gathered = gather_frameworks(
        hardware,
        interpreters,
        compiled=compiled,
        limit_seconds=limit_seconds,
        on_framework=on_framework,
        cancel=cancel,
    )
    return judge(gathered, hardware, os.environ)


def gather_frameworks(
    hardware: Mapping[str, Reading],
    interpreters: Mapping[str, str] | None = None,
    *,
    compiled: bool = True,
    limit_seconds: float = LIMIT_SECONDS,
    on_framework: Callable[[str], None] | None = None,
    cancel: threading.Event | None = None,
) -> Gathered:
    """Return the raw observations; the arguments are those of :func:`look_at_each_framework`."""
    resolved = resolve_interpreters(interpreters)
    stop = cancel or threading.Event()
    looked: dict[str, str] = {}
    wheels: dict[str, Wheels] = {}
    children: dict[str, Child] = {}
    no_avx = read_machine(hardware).lacks_avx
    with temporary_folder("fw-advisor-") as folder:
        for framework in FRAMEWORKS:
            if stop.is_set():
                break
            if on_framework is not None:
                on_framework(framework)
            interpreter = resolved[framework]
            if interpreter not in wheels:
                wheels[interpreter] = read_wheels(interpreter)
            if framework not in wheels[interpreter].frameworks:
                looked[framework] = interpreter
                continue
            if framework == "tensorflow" and no_avx:
                looked[framework] = interpreter
                continue
            result = run_child(
                interpreter,
                "probes.frameworks.child",
                {"framework": framework, "compiled": compiled},
                limit_seconds=limit_seconds,
                environment=_environment(folder, hardware),
                cancel=stop,
            )
            # Half a look may not be reported.
            if result.outcome != "cancelled":
                looked[framework] = interpreter
                children[framework] = Child(result=result, limit_seconds=limit_seconds)
    return Gathered(interpreters=looked, wheels=wheels, children=children)


def read_wheels(interpreter: str) -> Wheels:
    """Return the wheels of an interpreter; ``error`` is set if it cannot be asked."""
    if interpreter == sys.executable:
        return convert(installed_wheels(), Wheels)
    result = run_child(
        interpreter, "probes.frameworks.wheels", {}, limit_seconds=_WHEELS_LIMIT_SECONDS
    )
    if result.outcome != "finished" or not result.lines:
        words = f"{interpreter}: {result.ending}. {result.stderr or result.stray}"
        return Wheels(error=clean_text(words))
    try:
        return convert(result.lines[0], Wheels)
    except ValidationError as error:
        return Wheels(error=f"{interpreter}: an unexpected answer: {error}")


def _environment(folder: str, hardware: Mapping[str, Reading]) -> dict[str, str]:
    variables = {
        # The reasons live on stderr; the user may have silenced it.
        "TF_CPP_MIN_LOG_LEVEL": "0",
        "TORCHINDUCTOR_CACHE_DIR": f"{folder}/inductor",
        "TRITON_CACHE_DIR": f"{folder}/triton",
        "TORCHINDUCTOR_COMPILE_THREADS": "1",
        "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
    }
    if hardware.get("tpu", Reading(status="absent")).available:
        # Listing a TPU takes its exclusive lock away from whoever is using it.
        variables["JAX_PLATFORMS"] = "cpu"
    return {**os.environ, **variables}
