"""The part of the application that is about learning: one course, one self-check at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import App
from textual.message import Message

if TYPE_CHECKING:
    from .check_job import CheckJob
    from .course import Course
    from .session import Session


class CheckMoved(Message):
    """A self-check has ended."""


class LearningApp(App[None]):
    """An application that can judge a learner's file while everything else goes on."""

    session: Session
    check_job: CheckJob | None = None
    _course: Course | None = None

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Say something in passing."""
        raise NotImplementedError

    @property
    def course(self) -> Course:
        """Where the learner stands; there is one for the whole sitting."""
        if self._course is None:
            from .course import Course

            session = self.session
            self._course = Course(session.knowledge, session.directory, session.overlays)
        return self._course

    def check(self, step: str, file: Path) -> None:
        """Judge a learner's file in a thread, unless one is being judged."""
        from .check_job import CheckJob

        if self.check_job is None or not self.check_job.busy:
            self.check_job = CheckJob(self.course, step, file, self._check_moved)
            self._judge(self.check_job)

    @work(thread=True, group="check", exit_on_error=False)
    def _judge(self, job: CheckJob) -> None:
        job.run()

    def _check_moved(self) -> None:
        self.post_message(CheckMoved())

    def on_check_moved(self) -> None:
        """Draw what the check said, or say so to who is elsewhere."""
        from .screens.learn import LearnScreen

        job = self.check_job
        if isinstance(self.screen, LearnScreen):
            self.screen.show_check()
        elif job is not None and job.phase != "cancelled":
            said = "passed" if job.passed else "not passed; the step says why"
            self.say(f"Self-check of {job.step}: {said}", wrong=not job.passed)
