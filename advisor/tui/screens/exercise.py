"""Where the exercise of a step lies: a new file that is written, or one that is there already."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from advisor.errors import AdviceError
from knowledge.text import printable

from ..course import Course
from ..widgets.rows import MUTED
from ..wording import clean
from .base import Dialog


class ExerciseScreen(Dialog[bool]):
    """Returns True when the step has a file."""

    NAME = "Exercise file"
    HELP = (
        "Type where your work on this step is to lie. A file that is there is used as it is; "
        "otherwise the exercise is written there."
    )
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, course: Course, step: str) -> None:
        """Choose the file of this step."""
        super().__init__()
        self.course = course
        self.step = step

    def compose(self) -> ComposeResult:
        """Lay out path and what will happen."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled("Exercise file", "bold"))
            yield Input(str(self.course.file_of(self.step)), id="path", select_on_focus=False)
            yield Static(id="effect", markup=False)

    def on_mount(self) -> None:
        """Begin at the end of the path."""
        field = self.query_one(Input)
        field.focus()
        field.cursor_position = len(field.value)
        self.say_effect()

    @property
    def file(self) -> Path:
        """What was typed; ~ is the home directory."""
        written = self.query_one(Input).value.strip() or str(self.course.file_of(self.step))
        try:
            return Path(written).expanduser()
        except RuntimeError:
            return Path(written)

    def on_input_changed(self) -> None:
        """Say what taking it would do."""
        self.say_effect()

    def say_effect(self, wrong: str = "") -> None:
        """Say what Enter will do, or what went wrong."""
        if wrong:
            said = Content.styled(printable(wrong), "$text-error")
        elif self.file.is_file():
            said = Content.styled("It is there: Enter uses it as it is.", MUTED)
        else:
            said = Content.styled("Enter writes the exercise there. Esc changes nothing.", MUTED)
        self.query_one("#effect", Static).update(said)

    def on_input_submitted(self) -> None:
        """Use or write the file, and close."""
        file = self.file
        try:
            written = self.course.take_file(self.step, file)
        except (AdviceError, OSError, ValueError) as error:
            self.say_effect(wrong=f"Not written: {error}. Choose another path.")
            return
        self.advisor.say(clean(f"{'Wrote' if written else 'Uses'} {file}"))
        self.dismiss(True)
