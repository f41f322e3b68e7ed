"""A self-check of a learner's file as a job that outlives the screen that shows it.

It runs in a thread of the application and owns no widgets; the learner's code runs in a process of
its own, with a limit, and is killed when the job is cancelled.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from advisor.errors import AdviceError
from probes.errors import ProbeError

if TYPE_CHECKING:
    from advisor.documents.learn import Checked

    from .course import Course

Phase = Literal["running", "finished", "cancelled", "failed"]


@dataclass
class CheckJob:
    """One check; `tell` is called when it moved."""

    course: Course
    step: str
    file: Path
    tell: Callable[[], None]
    phase: Phase = "running"
    checked: Checked | None = None
    problem: str = ""
    cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def busy(self) -> bool:
        """Whether it is running."""
        return self.phase == "running"

    @property
    def passed(self) -> bool:
        """Whether the file passed."""
        return self.checked is not None and self.checked.passed

    def run(self) -> None:
        """Judge the file, and note the step as done if it passed; blocks."""
        try:
            checked = judge(self.course, self.step, self.file, self.cancel)
            if self.cancel.is_set():
                self.phase = "cancelled"
            else:
                if checked.passed:
                    self.course.mark(self.step, "checked")
                self.checked, self.phase = checked, "finished"
        except (AdviceError, ProbeError, OSError) as error:
            self.problem, self.phase = str(error), "failed"
        finally:
            if self.busy:
                self.problem, self.phase = "a mistake of this program ended it", "failed"
            self.tell()


def judge(course: Course, name: str, file: Path, cancel: threading.Event) -> Checked:
    """Return what the self-check of a step says of a file, as `check_file` does."""
    from advisor.verification.self_check import check_file

    return check_file(course.step(name), file, course.root_of(name), None, cancel)
