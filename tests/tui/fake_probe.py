"""A machine from a file and a measurement that is made up: both are there at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from advisor.history.staleness import Present
from probes.bench.assembly import BenchmarkRun
from probes.bench.document import Benchmarks, Plan
from probes.bench.events import Progress
from probes.bench.order import slots
from probes.doctor.diagnose import diagnose
from probes.doctor.record import Record
from probes.document import Environment, ProbeDocument
from probes.errors import ProbeError
from probes.evidence import Reading
from probes.frameworks.builds import Broken, Build
from probes.store.fingerprint import fingerprint, machine_facts

from .fake_measuring import made_run, make_plan

LONGEST_WAIT = 1000
"""Hundredths of a second."""


def _build(id: str, title: str, install: str, **other: Any) -> Build:
    framework, _, variant = id.partition("-")
    of = {
        "versions": ("2.15", "2.15"),
        "release": "2026-10",
        "platforms": ("linux-x86_64",),
        "python": ("3.10", "3.13"),
        "device": "cuda" if variant.startswith("cu") else "cpu",
    }
    return Build(
        id=id, title=title, framework=framework, variant=variant, install=install, **(of | other)
    )


BUILDS = (
    _build(
        "pytorch-cu132",
        "PyTorch 2.15 for CUDA 13.2",
        "{uv} torch==2.15.0 --torch-backend=cu132",
        compute=("7.5", "8.0", "8.6", "9.0", "12.0"),
        driver=580,
        order=10,
    ),
    _build(
        "pytorch-cu126",
        "PyTorch 2.12 for CUDA 12.6",
        "{uv} torch==2.12.0 --torch-backend=cu126",
        compute=("7.0", "8.0", "8.6", "9.0"),
        driver=525,
        order=20,
    ),
    _build(
        "pytorch-cu130",
        "PyTorch 2.9 for CUDA 13.0",
        "{uv} torch==2.9.0 --torch-backend=cu130",
        compute=("7.5", "12.0"),
        driver=580,
        order=30,
    ),
    _build(
        "pytorch-cpu",
        "PyTorch 2.15 for processors",
        "{uv} torch==2.15.0 --torch-backend=cpu",
    ),
    _build(
        "tensorflow-cu12",
        "TensorFlow 2.21 for CUDA 12",
        "{pip} 'tensorflow[and-cuda]==2.21.0'",
        compute=("6.0", "7.0", "8.0", "8.9"),
        ptx=("9.0",),
        driver=525,
        broken=(Broken("12.0"),),
    ),
    _build("tensorflow-cpu", "TensorFlow 2.21 for processors", "{pip} tensorflow-cpu==2.21.0"),
    _build(
        "tensorflow-metal",
        "TensorFlow 2.17 for macOS",
        "{pip} tensorflow==2.17.1",
        platforms=("macos-arm64",),
    ),
    _build("jax-cpu", "JAX 0.10 for processors", "{pip} jax==0.10.2"),
)
"""What is published, so that screens do not change when something new is."""


def wait_for(event: threading.Event, cancel: threading.Event) -> None:
    """Wait; a test that failed half-way never sets the event, and must not hang the run."""
    for _ in range(LONGEST_WAIT):
        if event.wait(0.01) or cancel.is_set():
            break


class Teller:
    """Tells of a process and its first case, as the controller does; the share only grows."""

    def __init__(self, plan: Plan, on_progress: Callable[[Progress], None]) -> None:
        self.plan = plan
        self.on_progress = on_progress
        self.steps = 0

    def __call__(self, slot: str, block: int | None) -> None:
        for case in (None, self.plan.cases[0].id):
            self.steps += 1
            self.on_progress(
                Progress(
                    phase="equality" if block is None else "measuring",
                    text=f"{slot}: {case or 'starting'}",
                    block=block,
                    blocks=self.plan.blocks,
                    arm=slot,
                    case=case,
                    done=self.steps / 100,
                    seconds_left=150.0,
                )
            )


class FakeRunner:
    """Has the functions of `advisor.tui.runner`; a record stands for the machine.

    `go` lets a measurement end, `checked` its first block, `seen` a look at the frameworks.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.broken = False
        self.go = threading.Event()
        self.checked, self.seen = threading.Event(), threading.Event()
        self.checked.set()
        self.seen.set()
        self.calls: list[str] = []
        self.failing: set[str] = set()
        self.noisy = False
        self.broken_half_way = False
        self.previous: BenchmarkRun | None = None
        self.versions: dict[str, str | None] = {
            name: one.version for name, one in diagnose(record).frameworks.items() if one.installed
        }

    def look_at_hardware(self, *, on_progress: Callable[[Progress], None]) -> dict[str, Reading]:
        self.calls.append("hardware")
        on_progress(Progress(phase="hardware", text="looking at this machine"))
        return self.record.hardware

    def take_record(
        self,
        *,
        hardware: dict[str, Reading],
        on_progress: Callable[[Progress], None],
        cancel: threading.Event,
    ) -> Record:
        self.calls.append("frameworks")
        if self.broken:
            raise ProbeError("the interpreter of torch cannot be executed")
        text = "looking at TensorFlow"
        on_progress(Progress(phase="frameworks", text=text, framework="tensorflow", done=1 / 3))
        wait_for(self.seen, cancel)
        return self.record

    def plan_benchmarks(self, effort: str, hardware: Any, frameworks: Any, **asked: Any) -> Plan:
        return make_plan(effort, frameworks, **asked)

    def present(self, runs: Any) -> Present:
        facts = machine_facts(self.record.hardware)
        pairs = {pair for run in runs if run.here for pair in run.interpreters.items()}
        return Present(facts, fingerprint(facts), {pair: self.versions[pair[0]] for pair in pairs})

    def run_benchmarks(
        self,
        plan: Plan,
        *,
        on_progress: Callable[[Progress], None],
        on_checkpoint: Callable[[BenchmarkRun], None],
        previous: BenchmarkRun | None = None,
        cancel: threading.Event,
    ) -> BenchmarkRun:
        """Do the checks and a block, then wait in the middle of the second one.

        What the checks found is told once, after the last of them.
        """
        self.calls.append("measure")
        self.tell = Teller(plan, on_progress)
        self.previous = previous
        if previous is None:
            for arm in plan.arms:
                self.tell(arm, None)
            on_checkpoint(made_run(plan, 0, failing=self.failing))
            for slot in slots(plan):
                if slot not in self.failing:
                    self.tell(slot, 1)
                    wait_for(self.checked, cancel)
            on_checkpoint(made_run(plan, 1, failing=self.failing))
        if self.broken_half_way:
            raise ProbeError("the [red]interpreter\x1b[31m is gone")
        self.tell(plan.arms[0], 2)
        wait_for(self.go, cancel)
        blocks = 1 if cancel.is_set() else plan.blocks
        return made_run(plan, blocks, failing=self.failing, noisy=self.noisy)

    def assemble_document(
        self, hardware: Any, frameworks: Any = None, run: Any = None, *, interrupted: bool = False
    ) -> ProbeDocument:
        return ProbeDocument(
            tool_version="0",
            created="2026-11-20T10:00:00Z",
            hardware=dict(hardware),
            frameworks=dict(frameworks or {}),
            benchmarks=run.benchmarks if run else Benchmarks(interrupted=interrupted),
            environment=run.environment if run else Environment(),
            aa=run.aa if run else None,
        )
