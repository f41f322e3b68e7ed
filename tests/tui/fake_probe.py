"""A machine and a measurement that are made up: what `probes.run` would return, at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from probes.bench.assembly import BenchmarkRun
from probes.bench.document import Benchmarks, Case, Cell, Pair, Plan, Workload
from probes.bench.events import Progress
from probes.document import Device, Environment, Framework, ProbeDocument, Reason
from probes.errors import ProbeError
from probes.evidence import absent, found

ARMS = ("pytorch/eager", "tensorflow/function")
LONGEST_WAIT = 1000
"""Hundredths of a second."""
CASE = Case(id="transformer-block-small", workload="transformer-block", sizes={"width": 8})


class FakeRunner:
    """Has the functions of `probes.run`; `go` lets a measurement end."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.go = threading.Event()
        self.calls: list[str] = []

    def look_at_hardware(self, *, on_progress: Callable[[Progress], None]) -> dict[str, Any]:
        self.calls.append("hardware")
        on_progress(Progress(phase="hardware", text="looking at this machine"))
        return {
            "operating-system": found("linux", "uname"),
            "cpu-model": found("Made-up CPU [bold]x\x1b[31m", "/proc/cpuinfo"),
            "gpus": absent("nvml", "no card"),
            "tpu": absent("device nodes", "none"),
        }

    def look_at_frameworks(
        self, hardware: Any, *, on_progress: Callable[[Progress], None], cancel: threading.Event
    ) -> dict[str, Framework]:
        self.calls.append("frameworks")
        if self.broken:
            raise ProbeError("the interpreter of torch cannot be executed")
        device = Device(kind="cpu", name="cpu", verdict="usable", compiled="ok")
        reason = Reason(code="CPU_ONLY_WHEEL", text="No GPU in this build.", fix="pip install x")
        return {
            "pytorch": Framework(
                installed=True,
                version="2.13.0",
                build="cpu",
                interpreter="python",
                devices=[device],
            ),
            "tensorflow": Framework(
                installed=True,
                version="2.21.0",
                build="cpu",
                interpreter="python",
                devices=[device],
                reasons=[reason],
            ),
        }

    def plan_benchmarks(self, effort: str, hardware: Any, frameworks: Any) -> Plan:
        return Plan(effort=effort, cases=[CASE], arms=list(ARMS), copy_of=ARMS[0], blocks=6)

    def run_benchmarks(
        self, plan: Plan, *, on_progress: Callable[[Progress], None], cancel: threading.Event
    ) -> BenchmarkRun:
        self.calls.append("measure")
        on_progress(
            Progress(
                phase="measuring",
                text=f"{ARMS[0]}: {CASE.id}",
                block=2,
                blocks=6,
                done=0.25,
                seconds_left=150.0,
            )
        )
        # A test that failed half-way never says go: it must not hang the run.
        for _ in range(LONGEST_WAIT):
            if self.go.wait(0.01) or cancel.is_set():
                break
        cells = {
            arm: Cell(
                framework=arm.partition("/")[0],
                arm=arm,
                device="cpu",
                dtype="float32",
                status="ok",
                median_seconds=seconds,
            )
            for arm, seconds in zip(ARMS, (0.008, 0.01), strict=True)
        }
        pair = Pair(a=ARMS[0], b=ARMS[1], ratio=0.8, low=0.7, high=0.9, blocks=6, verdict="faster")
        workload = Workload(
            title="Transformer block",
            workload="transformer-block",
            metric="ms",
            size="width 8",
            sizes=CASE.sizes,
            arms=cells,
            pairs=[pair],
        )
        benchmarks = Benchmarks(
            plan=plan, interrupted=cancel.is_set(), workloads={CASE.id: workload}
        )
        return BenchmarkRun(benchmarks, None, Environment())

    def assemble_document(
        self, hardware: Any, frameworks: Any = None, run: Any = None, *, interrupted: bool = False
    ) -> ProbeDocument:
        return ProbeDocument(
            tool_version="0",
            created="2026-11-20T10:00:00Z",
            hardware=dict(hardware),
            frameworks=dict(frameworks or {}),
            benchmarks=run.benchmarks if run else Benchmarks(),
        )
