"""A look at this machine, and a measurement, as a job that outlives the screen that shows it.

It runs in a thread of the application and owns no widgets; whoever shows it is told of each step.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from probes.errors import ProbeError

if TYPE_CHECKING:
    from probes.bench.document import Plan
    from probes.bench.events import Progress
    from probes.document import ProbeDocument

Phase = Literal["waiting", "looking", "looked", "measuring", "measured", "failed"]


@dataclass
class ProbeJob:
    """What is known so far. `runner` has the functions of `probes.run`."""

    runner: Any
    tell: Callable[[], None]
    phase: Phase = "waiting"
    progress: Progress | None = None
    hardware: dict[str, Any] | None = None
    frameworks: dict[str, Any] | None = None
    plan: Plan | None = None
    run: Any = None
    problem: str = ""
    cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def busy(self) -> bool:
        """Whether work is going on."""
        return self.phase in ("looking", "measuring")

    @property
    def estimate(self) -> float | None:
        """Expected seconds of the measurement; None if nothing can be measured."""
        from probes.bench.estimate import estimate_seconds

        return estimate_seconds(self.plan) if self.plan is not None and self.plan.arms else None

    def look(self) -> None:
        """Look at hardware and frameworks, and plan the measurement; blocks."""
        self._begin("looking")
        try:
            self.hardware = self.runner.look_at_hardware(on_progress=self._moved)
            self.tell()
            self.frameworks = self.runner.look_at_frameworks(
                self.hardware, on_progress=self._moved, cancel=self.cancel
            )
            self.plan = self.runner.plan_benchmarks("quick", self.hardware, self.frameworks)
            self.phase = "looked"
        except (ProbeError, OSError) as error:
            self._failed(error)
        self.progress = None
        self.tell()

    def measure(self) -> None:
        """Measure the plan; what is done when it is cancelled is kept; blocks."""
        if self.plan is None or not self.plan.arms:
            return
        self._begin("measuring")
        try:
            self.run = self.runner.run_benchmarks(
                self.plan, on_progress=self._moved, cancel=self.cancel
            )
            self.phase = "measured"
        except (ProbeError, OSError) as error:
            self._failed(error)
        self.progress = None
        self.tell()

    def document(self) -> ProbeDocument | None:
        """Return everything as a document; None before anything is known."""
        if self.hardware is None:
            return None
        document: ProbeDocument = self.runner.assemble_document(
            self.hardware, self.frameworks, self.run, interrupted=self.cancel.is_set()
        )
        return document

    def _begin(self, phase: Phase) -> None:
        self.cancel.clear()
        self.phase = phase
        self.problem = ""
        self.tell()

    def _failed(self, error: Exception) -> None:
        self.phase = "failed"
        self.problem = str(error)

    def _moved(self, progress: Progress) -> None:
        self.progress = progress
        self.tell()
