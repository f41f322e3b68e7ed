"""The learning paths: choose one, follow its steps, have your own file judged."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from advisor.documents.learn import Learn, PathItem, StepItem
from advisor.errors import AdviceError

from ..course import short
from ..pages.learn import overview_rows, path_rows, step_rows
from ..pages.pieces import paragraph
from ..widgets.title_bar import TitleBar
from ..wording import count
from .browse import BrowseScreen

ON_STEP = ("exercise", "check")


class LearnScreen(BrowseScreen):
    """All paths, one path, or one step, as the place says."""

    NAME = "Learn"
    HELP = (
        "Three ways through the material, step by step: what to read, an exercise file to fill "
        "in, and a self-check that runs your file in a process of its own and says in sentences "
        "what is right. On a step e writes the exercise file, c checks it, x cancels a check "
        "that runs; m marks a step as done, or takes the mark back. What is done is kept, also "
        "for fw-advisor learn. Leaving this page does not stop a check."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "exercise", "Exercise", id="learn.exercise"),
        Binding("c", "check", "Check", id="learn.check"),
        Binding("x", "cancel", "Cancel", id="learn.cancel"),
        Binding("m", "mark", "Done or not", id="learn.mark"),
    ]

    def document(self) -> Learn | None:
        """Return the paths with what is done; None, and a message, if that cannot be read."""
        try:
            return self.advisor.course.document()
        except AdviceError as error:
            self.rows = paragraph(f"{error}.")
            return None

    def found(self) -> tuple[PathItem | None, StepItem | None]:
        """Return the path and the step that the place names."""
        document = self.document()
        for path in document.paths if document else ():
            if path.id == self.place.target:
                return path, None
            for step in path.steps:
                if step.id == self.place.target:
                    return path, step
        return None, None

    def draw(self) -> None:
        """Draw the place."""
        document = self.document()
        path, step = self.found()
        remark, here = "", self.NAME
        if document is None:
            pass
        elif path is None:
            self.rows = overview_rows(document)
            remark = count(len(document.paths), "path", "paths")
        elif step is None:
            self.rows = path_rows(path)
            remark = f"{path.done} of {len(path.steps)} done"
            here = f"{self.NAME} · path"
        else:
            job = self.advisor.check_job
            mine = job if job is not None and job.step == step.id else None
            self.rows = step_rows(path, step, self.advisor.course.file_of(step.id), mine)
            remark = "done" if step.done_how else "not done yet"
            here = f"{self.NAME} · step"
        self.query_one(TitleBar).say(here, remark)
        keep = self.place.pointer is not None or self.drawn == self.place.target
        self.page.set_rows(self.rows, keep=keep)
        if path is not None and step is None and path.next and not keep:
            self.page.point_at(f"=learn:{path.next}")
        self.drawn = self.place.target
        self.refresh_bindings()

    drawn: str | None = None

    def on_screen_resume(self) -> None:
        """See anew what is done: a check may have ended meanwhile."""
        if self.drawn is not None:
            self.draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done here and now."""
        if action not in (*ON_STEP, "cancel", "mark"):
            return True
        running = self.running
        if action == "cancel":
            return running
        if action == "check" and running:
            return False
        return self.pointed_step is not None if action == "mark" else self.on_step

    @property
    def running(self) -> bool:
        """Whether a check is running."""
        job = self.advisor.check_job
        return job is not None and job.busy

    @property
    def on_step(self) -> bool:
        """Whether the place is a step."""
        return self.place.target in self.session.knowledge.kind("step")

    @property
    def pointed_step(self) -> str | None:
        """The step one is at, or that the pointer is on."""
        if self.on_step or not self.place.target:
            return self.place.target or None
        pointed = (self.page.pointed or "").removeprefix("=learn:")
        return pointed if pointed in self.session.knowledge.kind("step") else None

    def on_option_list_option_highlighted(self) -> None:
        """See which keys work on the row at the pointer."""
        self.refresh_bindings()

    def follow(self, target: str) -> None:
        """Go where a row leads, or do what it says."""
        actions = {
            "=check": self.action_check,
            "=cancel": self.action_cancel,
            "=exercise": self.action_exercise,
            "=mark": self.action_mark,
        }
        if target in actions:
            actions[target]()
        else:
            super().follow(target)

    def redraw(self) -> None:
        """Draw the place anew where one is."""
        self.place = self.here()
        self.draw()

    def show_check(self) -> None:
        """Draw the check, with the pointer below what it says."""
        self.redraw()
        job = self.advisor.check_job
        if job is not None and job.step == self.place.target:
            self.page.point_at("=cancel" if job.busy else "=check")

    def action_mark(self) -> None:
        """Mark a step as done, or take the mark back."""
        step = self.pointed_step
        if step is None:
            return
        course = self.advisor.course
        try:
            if course.is_done(step):
                course.unmark(step)
            else:
                course.mark(step, "said")
        except AdviceError as error:
            self.advisor.say(str(error), wrong=True)
        self.redraw()

    def action_exercise(self) -> None:
        """Choose the file, and write the exercise there."""
        from .exercise import ExerciseScreen

        def chosen(there: bool | None) -> None:
            if there:
                self.redraw()

        self.app.push_screen(ExerciseScreen(self.advisor.course, self.place.target), chosen)

    def action_check(self) -> None:
        """Have the file judged."""
        step, course = self.place.target, self.advisor.course
        file = course.file_of(step)
        if not file.is_file():
            self.advisor.say(f"There is no {short(file)} yet: e writes the exercise.", wrong=True)
        elif step in self.session.knowledge.house:
            self.advisor.say(
                "This self-check comes from an overlay: fw-advisor learn --check with "
                "--run-overlay-code runs it.",
                wrong=True,
            )
        else:
            self.advisor.check(step, file)
            self.show_check()

    def action_cancel(self) -> None:
        """Stop the check."""
        job = self.advisor.check_job
        if job is not None:
            job.cancel.set()
