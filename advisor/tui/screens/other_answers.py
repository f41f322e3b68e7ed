"""Which answers to put beside these: of a file in reach, or of before a what-if that was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from advisor.errors import InputError
from advisor.facts.fact import Fact

from ..widgets.row_list import RowList
from ..widgets.rows import MUTED, Row, row
from ..widgets.search_field import SearchField
from ..wording import clean
from .base import Dialog

BEFORE = "=before"
ENDS = (".yaml", ".yml", ".json")
MOST = 50
"""Names that are listed; who has more types a letter."""


@dataclass(frozen=True)
class OtherAnswers:
    """Answers, and what they are called."""

    name: str
    facts: tuple[Fact, ...]


class OtherAnswersScreen(Dialog[OtherAnswers]):
    """Returns the answers that were chosen, or nothing."""

    NAME = "Beside other answers"
    HELP = (
        "Choose a file of answers, YAML or JSON, such as `goal: research` on a line of its own. "
        "What is typed narrows the list; Tab completes it; a directory is gone into. "
        "Nothing in the file is run, and your own answers stay as they are."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", priority=True, id="other.complete"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out path, list and what is wrong."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled("Put other answers beside yours", "bold"))
            yield SearchField(placeholder="a file of answers", id="path", compact=True)
            yield RowList(id="files")
            yield Static(id="effect", markup=False)

    def on_mount(self) -> None:
        """Fill in."""
        self.fill()
        self.query_one(SearchField).focus()

    def fill(self) -> None:
        """List what goes on from what is typed."""
        typed = self.query_one(SearchField).value
        rows: list[tuple[str | None, Row]] = []
        if self.session.before_what_if and not typed:
            rows.append((BEFORE, row("", "The answers before the what-if that was kept")))
        rows += [(name, row("", clean(name))) for name in offered(typed)]
        if not rows:
            said = f"No {', '.join(ENDS[:-1])} or {ENDS[-1]} file here begins like this."
            rows.append((None, row("", (said, MUTED))))
        self.query_one(RowList).set_rows(rows)
        self.say("Enter takes the row at the pointer, Tab completes it.")

    def say(self, text: str, wrong: bool = False) -> None:
        """Say what to do, or what went wrong."""
        style = "$text-error" if wrong else MUTED
        self.query_one("#effect", Static).update(Content.styled(clean(text), style))

    def on_input_changed(self) -> None:
        """Narrow the list as one types."""
        self.fill()

    def action_move(self, direction: int) -> None:
        """Move the pointer from within the field."""
        files = self.query_one(RowList)
        if direction > 0:
            files.action_cursor_down()
        else:
            files.action_cursor_up()

    def action_complete(self) -> None:
        """Put the row at the pointer into the field."""
        pointed = self.query_one(RowList).pointed
        if pointed and pointed != BEFORE:
            field = self.query_one(SearchField)
            field.value = pointed
            field.cursor_position = len(pointed)

    def on_input_submitted(self) -> None:
        """Take what was typed if there is such a file, else the row at the pointer."""
        typed = self.query_one(SearchField).value.strip()
        if typed and _path(typed).is_file():
            self._take(typed)
        else:
            self._choose(self.query_one(RowList).pointed)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a row that was clicked."""
        self._choose(event.option_id)

    def _choose(self, name: str | None) -> None:
        if name == BEFORE:
            facts = tuple(self.session.before_what_if)
            self.dismiss(OtherAnswers("Before what-if", facts))
        elif name and name.endswith("/"):
            self.action_complete()
        elif name:
            self._take(name)

    def _take(self, name: str) -> None:
        from advisor.facts.files import facts_from_file

        try:
            # A file called "-" would be standard input: that is this terminal.
            path = str(_path(name).absolute())
            facts = facts_from_file(path, self.session.knowledge.questions)
        except (InputError, OSError) as error:
            self.say(f"Not read: {error}", wrong=True)
            return
        self.dismiss(OtherAnswers(clean(name), tuple(facts)))


def offered(typed: str) -> list[str]:
    """Return files of answers and directories that what is typed can become."""
    begun = typed.rpartition("/")[2]
    before = typed[: len(typed) - len(begun)]
    found = sorted(_names(_path(before) if before else Path(), begun))
    files = [name for name in found if not name.endswith("/")]
    return [before + name for name in [*files, *(n for n in found if n not in files)]][:MOST]


def _names(directory: Path, begun: str) -> Iterator[str]:
    try:
        for path in directory.iterdir():
            name = path.name
            if not name.startswith(begun) or (name.startswith(".") and not begun.startswith(".")):
                continue
            if path.is_dir():
                yield f"{name}/"
            elif name.endswith(ENDS):
                yield name
    except OSError:
        return


def _path(text: str) -> Path:
    """Return where a typed path leads; ~ is the home directory."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)
