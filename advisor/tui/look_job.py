"""A look at this machine as a job that outlives the screen that shows it.

It runs in a thread of the application and owns no widgets; whoever shows it is told of each step.
What an earlier look found stays until a later one has ended.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from probes.errors import ProbeError

if TYPE_CHECKING:
    from knowledge.base import Knowledge
    from probes.bench.events import Progress
    from probes.doctor.diagnose import Diagnosis
    from probes.doctor.record import Record

Phase = Literal["waiting", "looking", "looked", "stopped", "failed"]


@dataclass(frozen=True)
class Found:
    """What a look found and what it means; `whole` if the frameworks were looked at too."""

    record: Record
    diagnosis: Diagnosis
    whole: bool


@dataclass
class LookJob:
    """What is known so far. `runner` returns the functions of `runner.py`."""

    runner: Callable[[], Any]
    knowledge: Knowledge
    tell: Callable[[], None]
    phase: Phase = "waiting"
    progress: Progress | None = None
    found: Found | None = None
    """Replaced as a whole: whoever draws it takes it once."""
    problem: str = ""
    cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def busy(self) -> bool:
        """Whether work is going on."""
        return self.phase == "looking"

    @property
    def whole(self) -> Found | None:
        """What was found, if the frameworks were looked at too."""
        return self.found if self.found is not None and self.found.whole else None

    def begin(self) -> None:
        """Mark the job as running, before its thread starts."""
        self.cancel.clear()
        self.phase, self.problem, self.progress = "looking", "", None

    def look(self) -> None:
        """Look at the hardware, then at each framework in a process of its own; blocks."""
        try:
            self.phase = "looked" if self._look() else "stopped"
        except (ProbeError, OSError) as error:
            self.problem, self.phase = str(error), "failed"
        finally:
            if self.busy:
                self.problem, self.phase = "a mistake of this program ended the look", "failed"
            self.progress = None
            self.tell()

    def _look(self) -> bool:
        """Return whether everything was looked at."""
        from probes.doctor.record import Record

        runner = self.runner()
        hardware = runner.look_at_hardware(on_progress=self._moved)
        if not self.whole:
            self._keep(Record(tool_version="", created="", hardware=hardware), whole=False)
            self.tell()
        record = runner.take_record(hardware=hardware, on_progress=self._moved, cancel=self.cancel)
        if self.cancel.is_set():
            return False
        self._keep(record, whole=True)
        return True

    def _keep(self, record: Record, *, whole: bool) -> None:
        from advisor.diagnosing import known_builds
        from probes.doctor.diagnose import diagnose

        self.found = Found(record, diagnose(record, known_builds(self.knowledge)), whole)

    def _moved(self, progress: Progress) -> None:
        self.progress = progress
        self.tell()
