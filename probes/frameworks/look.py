"""The framework look: wheels by metadata, then one child per framework, then verdicts.

The controller's side. Must never import a framework, and must survive any end of a child.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from typing import Any

from probes.document import Device, Framework, Reason
from probes.evidence import Reading
from probes.frameworks.cards import NvidiaSituation, nvidia_situation
from probes.frameworks.install_lines import install_line
from probes.frameworks.interpret import Subject, interpret
from probes.frameworks.reasons import make_reason
from probes.frameworks.stages import read_stages
from probes.frameworks.wheels import installed_wheels
from probes.interpreters import FRAMEWORKS, NAMES, resolve_interpreters
from probes.processes import run_child

LIMIT_SECONDS = 180.0
_WHEELS_LIMIT_SECONDS = 20.0
# Newest Python with wheels, and the release that says so (tensorflow.org/install/pip, 2026-11-20).
_NEWEST_PYTHON = {"tensorflow": ("2.21", (3, 13))}


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
    resolved = resolve_interpreters(interpreters)
    nvidia = nvidia_situation(hardware, os.environ)
    stop = cancel or threading.Event()
    wheels: dict[str, dict[str, Any]] = {}
    answer: dict[str, Framework] = {}
    with tempfile.TemporaryDirectory(prefix="fw-advisor-", ignore_cleanup_errors=True) as folder:
        for framework in FRAMEWORKS:
            if stop.is_set():
                break
            if on_framework is not None:
                on_framework(framework)
            interpreter = resolved[framework]
            if interpreter not in wheels:
                wheels[interpreter] = read_wheels(interpreter)
            look = _Look(framework, interpreter, wheels[interpreter], nvidia, limit_seconds)
            report = look.run(hardware, _environment(folder, hardware), compiled, stop)
            if report is not None:
                answer[framework] = report
    return answer


def read_wheels(interpreter: str) -> dict[str, Any]:
    """Return the wheels of an interpreter, or ``{"error": …}`` if it cannot be asked."""
    if interpreter == sys.executable:
        return installed_wheels()
    result = run_child(
        interpreter, "probes.frameworks.wheels", {}, limit_seconds=_WHEELS_LIMIT_SECONDS
    )
    if result.outcome != "finished" or not result.lines:
        return {"error": f"{interpreter}: {result.ending}. {result.stderr or result.stray}"}
    return result.lines[0]


class _Look:
    """One framework under one interpreter."""

    def __init__(
        self,
        framework: str,
        interpreter: str,
        wheels: dict[str, Any],
        nvidia: NvidiaSituation,
        limit_seconds: float,
    ) -> None:
        self.framework = framework
        self.interpreter = interpreter
        self.wheels = wheels
        self.nvidia = nvidia
        self.limit_seconds = limit_seconds

    def run(
        self,
        hardware: Mapping[str, Reading],
        environment: Mapping[str, str],
        compiled: bool,
        cancel: threading.Event,
    ) -> Framework | None:
        """Return the report, or ``None`` if it was cancelled: half a look may not be reported."""
        wheel = self.wheels.get("frameworks", {}).get(self.framework)
        if wheel is None:
            return self._missing()
        if self.framework == "tensorflow" and _lacks_avx(hardware):
            broken = Device(kind="cpu", name="cpu", verdict="visible-but-broken")
            return self._report(wheel, [broken], [make_reason("CPU_WITHOUT_AVX")])
        result = run_child(
            self.interpreter,
            "probes.frameworks.child",
            {"framework": self.framework, "compiled": compiled},
            limit_seconds=self.limit_seconds,
            environment=environment,
            cancel=cancel,
        )
        if result.outcome == "cancelled":
            return None
        stages = read_stages(result)
        subject = Subject(
            self.framework,
            self.interpreter,
            wheel["distribution"],
            wheel["version"],
            wheel["build"],
            self.limit_seconds,
        )
        findings = interpret(subject, result, stages, self.nvidia)
        return self._report(wheel, findings.devices, findings.reasons, stages.imported_seconds)

    def _report(
        self,
        wheel: dict[str, Any],
        devices: list[Device],
        reasons: list[Reason],
        import_seconds: float | None = None,
    ) -> Framework:
        return Framework(
            installed=True,
            version=wheel["version"],
            build=wheel["build"],
            interpreter=self.interpreter,
            python=self.wheels.get("python"),
            import_seconds=import_seconds,
            devices=devices,
            reasons=reasons,
            packages=self.wheels.get("packages", {}),
        )

    def _missing(self) -> Framework:
        if "error" in self.wheels:
            what = f"The interpreter {self.interpreter} cannot be asked for its packages."
            reason = make_reason("UNKNOWN", self.wheels["error"], what=what)
        else:
            reason = self._too_new() or make_reason(
                "NOT_INSTALLED",
                framework=NAMES[self.framework],
                python=self.interpreter,
                install=install_line(self.framework, self.interpreter, self.nvidia.machine),
            )
        return Framework(
            installed=False,
            interpreter=self.interpreter,
            python=self.wheels.get("python"),
            devices=[Device(kind="cpu", name="cpu", verdict="not-installed")],
            reasons=[reason],
        )

    def _too_new(self) -> Reason | None:
        known, newest = _NEWEST_PYTHON.get(self.framework, ("", (99, 0)))
        version = str(self.wheels.get("python", ""))
        parts = version.split(".")
        if len(parts) < 2 or (int(parts[0]), int(parts[1])) <= newest:
            return None
        return make_reason(
            "PYTHON_TOO_NEW",
            framework=NAMES[self.framework],
            python_version=version,
            known_version=known,
            newest=f"{newest[0]}.{newest[1]}",
        )


def _lacks_avx(hardware: Mapping[str, Reading]) -> bool:
    """Whether this is an x86 processor that is known to have no AVX; unknown is not "no"."""
    flags = hardware.get("cpu-flags", Reading(status="unknown"))
    architecture = str(hardware.get("architecture", ""))
    return (
        architecture in ("x86_64", "AMD64", "i686")
        and flags.available
        and isinstance(flags.value, list)
        and "avx" not in flags.value
    )


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
