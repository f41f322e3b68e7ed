"""Writes something to a file, in one of several forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from advisor.cli.output import write_atomically
from advisor.errors import AdviceError
from knowledge.text import printable

from ..forms import Form
from ..widgets.row_list import RowList
from ..widgets.rows import MUTED, row
from .base import Dialog


class ExportScreen(Dialog[str]):
    """Returns the path that was written."""

    NAME = "Export"
    HELP = (
        "Choose a form, then where it goes. The file is written as a whole or not at all; "
        "an existing file is replaced, and the dialog says so before."
    )
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, title: str, forms: Mapping[str, Form]) -> None:
        """`forms`: by a name; the first one is proposed."""
        super().__init__()
        self.heading = title
        self.forms = forms
        self.form = next(iter(forms))

    def compose(self) -> ComposeResult:
        """Lay out forms, path and what will happen."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self.heading, "bold"))
            yield RowList(id="forms")
            yield Input(id="path")
            yield Static(id="effect", markup=False)

    def on_mount(self) -> None:
        """Fill in; the path follows the form at the pointer."""
        forms = self.query_one(RowList)
        forms.set_rows(
            [
                (name, row(f"{form.title:<10}", (form.what, MUTED)))
                for name, form in self.forms.items()
            ]
        )
        forms.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Propose a name that fits the form."""
        self.form = event.option_id or self.form
        self.query_one("#path", Input).value = self.forms[self.form].file
        self.say_effect()

    def on_option_list_option_selected(self) -> None:
        """Go on to the path."""
        path = self.query_one("#path", Input)
        path.focus()
        path.cursor_position = len(path.value)

    def on_input_changed(self) -> None:
        """Say what writing there would do."""
        self.say_effect()

    def say_effect(self, wrong: str = "") -> None:
        """Say what Enter will do, or what went wrong."""
        path = self.path
        where = f"writes {path}" if path.is_absolute() else f"writes {Path.cwd() / path}"
        if path.is_file():
            where += ", replacing the file that is there"
        text = wrong or f"Enter chooses the form, then {where}."
        self.query_one("#effect", Static).update(
            Content.styled(printable(text), "$text-error" if wrong else MUTED)
        )

    @property
    def path(self) -> Path:
        """Where it would be written; ~ is the home directory."""
        written = self.query_one("#path", Input).value.strip() or self.forms[self.form].file
        try:
            return Path(written).expanduser()
        except RuntimeError:
            return Path(written)

    def on_input_submitted(self) -> None:
        """Write the file and close."""
        path = self.path
        try:
            write_atomically(path, self.forms[self.form].make())
        except (AdviceError, OSError, ValueError) as error:
            self.say_effect(wrong=f"Not written: {error}. Choose another path.")
            return
        self.advisor.say(f"Wrote {path}")
        self.dismiss(str(path))
