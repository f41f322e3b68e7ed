"""A measurement on this machine as a job that outlives the screen that shows it.

It runs in a thread of the application and owns no widgets; whoever shows it is told of each step.
Every finished block is kept at once; what goes wrong with that never ends a measurement.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from probes.errors import ProbeError

from .look_job import LookJob
from .measuring.choice import Choice, Offer, offer_for

if TYPE_CHECKING:
    from probes.bench.assembly import BenchmarkRun
    from probes.bench.document import Plan
    from probes.bench.events import Progress
    from probes.document import ProbeDocument
    from probes.store import Kept, Stored

    from .measuring.course import Course
    from .measuring.keeping import Keeper

Phase = Literal["waiting", "measuring", "measured", "failed"]


@dataclass
class ProbeJob:
    """What was chosen and measured so far on the machine that `looking` looks at."""

    looking: LookJob
    tell: Callable[[], None]
    wanted: Callable[[], Sequence[str]] = tuple
    """Returns the workloads that count for the answers."""
    phase: Phase = "waiting"
    choice: Choice = field(default_factory=Choice)
    offer: Offer | None = None
    stopped: Kept | None = None
    """The newest run that can be continued."""
    course: Course | None = None
    """Replaced as a whole: whoever draws it takes it once."""
    result: ProbeDocument | None = None
    name: str | None = None
    """What the result is called where it is kept."""
    problem: str = ""
    remarks: tuple[str, ...] = ()
    cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def measuring(self) -> bool:
        """Whether a measurement is going on."""
        return self.phase == "measuring"

    @property
    def busy(self) -> bool:
        """Whether it measures or looks: one at a time, or the look would disturb the times."""
        return self.measuring or self.looking.busy

    def look(self) -> None:
        """Look at the machine, and what can be chosen and continued there; blocks."""
        self.looking.look()
        self.find_stopped()
        self.choose(self.choice)
        self.tell()

    def find_stopped(self) -> None:
        """See which run can be continued; blocks."""
        from .kept_runs import interrupted
        from .measuring.continuing import continuable

        found = self.looking.whole
        self.stopped = continuable(interrupted(), found) if found else None

    def choose(self, choice: Choice) -> None:
        """Take a choice, and plan it."""
        found = self.looking.whole
        if found is not None:
            plan = self.looking.runner().plan_benchmarks
            self.offer = offer_for(choice, found, self.wanted(), plan)
        self.choice = choice

    def begin(self, plan: Plan, stored: Stored | None = None) -> None:
        """Mark the measurement as running, before its thread starts."""
        from .measuring.continuing import previous_of
        from .measuring.course import Course

        self.cancel.clear()
        self.phase, self.problem, self.remarks = "measuring", "", ()
        self.course, self.result, self.name = Course(plan), None, None
        if stored is not None:
            self.course = self.course.knowing(previous_of(stored.document))

    def measure(self, plan: Plan, stored: Stored | None = None) -> None:
        """Measure a plan, or the rest of a stored run; what is done is kept; blocks."""
        from .measuring.keeping import Keeper

        keeper = Keeper(self._so_far, self.looking.knowledge, stored)
        try:
            run = self.looking.runner().run_benchmarks(
                plan,
                on_progress=self._moved,
                on_checkpoint=lambda found: self._block(found, keeper),
                previous=keeper.previous,
                cancel=self.cancel,
            )
            self.result, self.phase = keeper.finish(run), "measured"
        except (ProbeError, OSError) as error:
            self.problem, self.phase = str(error), "failed"
            self.result = keeper.give_up()
        finally:
            if self.measuring:
                self.problem, self.phase = "a mistake of this program ended it", "failed"
            self.name, self.remarks, self.course = keeper.name, keeper.remarks, None
            self.find_stopped()
            self.tell()

    def document(self) -> ProbeDocument | None:
        """Return what was measured, else what was found; None before all was looked at."""
        return self.result or self._assembled(None, interrupted=False)

    def _so_far(self, run: BenchmarkRun | None) -> ProbeDocument | None:
        return self._assembled(run, interrupted=True)

    def _assembled(self, run: BenchmarkRun | None, *, interrupted: bool) -> ProbeDocument | None:
        found = self.looking.whole
        if found is None:
            return None
        document: ProbeDocument = self.looking.runner().assemble_document(
            found.record.hardware, found.diagnosis.frameworks, run, interrupted=interrupted
        )
        return document

    def stop(self) -> None:
        """End whatever is going on, early."""
        self.cancel.set()
        self.looking.cancel.set()

    def _moved(self, progress: Progress) -> None:
        if self.course is not None:
            self.course = self.course.moved(progress)
        if self.course is None or not self.course.samples_now:
            self.tell()

    def _block(self, run: BenchmarkRun, keeper: Keeper) -> None:
        keeper.block(run)
        if self.course is not None:
            self.course = self.course.knowing(run)
