"""The box in which a case can be told in own words, and what was understood of it."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.worker import Worker, WorkerState

from advisor.facts.fact import RANK

from ..heard_rows import GO, heard_rows
from ..own_words import Heard
from ..screens.base import WithSession
from ..work import understood
from .row_list import RowList, target_of
from .rows import MUTED
from .text_box import TextBox, safe

INVITATION = "Say it in your own words, or press Enter to be asked."
ABOUT = (
    "What is it for, where will it run, on which machine, what does the team know, what code is "
    "there? It is read here, by rules; nothing is sent anywhere."
)
LOOK_OVER = "Read as you write. Enter goes on to look it over."
EXAMPLE = "For example: we fine-tune BERT for an Android app; the team knows Keras; no GPU."


class HeardList(RowList):
    """What was understood."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose", id="row.open"),
        Binding("space,delete", "leave_out", "Leave out", key_display="Space", id="heard.leave"),
    ]

    class LeaveOut(Message):
        """The row at the pointer is not to be used."""

    def action_leave_out(self) -> None:
        """Leave the row at the pointer out, or take it in again."""
        self.post_message(self.LeaveOut())


class OwnWordsCard(WithSession, Vertical):
    """Reads while one types; what it understands is among the answers at once."""

    class Understood(Message):
        """The answers may have changed."""

    class Read(Message):
        """A text was read."""

        def __init__(self, heard: Heard) -> None:
            """Keep what was read."""
            super().__init__()
            self.heard = heard

    class Finished(Message):
        """On to the questions."""

    class Correct(Message):
        """A fact that was read is to be corrected."""

        def __init__(self, question: str) -> None:
            """Keep its question."""
            super().__init__()
            self.question = question

    reading = False

    def compose(self) -> ComposeResult:
        """Lay out invitation, box, and what was understood."""
        yield Static(id="invitation", markup=False)
        box = TextBox(id="box", placeholder=Content(EXAMPLE))
        box.cursor_blink = False
        yield box
        yield HeardList(id="heard")

    def on_mount(self) -> None:
        """Fill in."""
        # Who leaves at once leaves before there is anything to fill in.
        if self.query(TextBox):
            self.open()

    def open(self) -> None:
        """Show the text and what it says as things stand now."""
        box, text = self.query_one(TextBox), self.session.own_words.text
        if box.text != text:
            box.text = safe(text)
            box.move_cursor(box.document.end)
        self.draw()
        box.focus()

    def draw(self, keep: bool = False) -> None:
        """List what was understood."""
        begun = bool(self.session.own_words.heard.text.strip())
        inviting = Content.assemble((INVITATION, "bold"), "\n", (ABOUT, MUTED))
        said = Content.styled(LOOK_OVER, "bold") if begun else inviting
        self.query_one("#invitation", Static).update(said)
        self.query_one(HeardList).set_rows(heard_rows(self.session), keep=keep)

    def on_text_area_changed(self) -> None:
        """Read what stands in the box, unless something is being read: that is followed by it."""
        text = self.query_one(TextBox).text
        if not self.reading and text != self.session.own_words.heard.text:
            self.reading = True
            self._read(text)

    @work(thread=True, exit_on_error=False)
    def _read(self, text: str) -> None:
        self.post_message(self.Read(understood(text, self.session.knowledge)))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so if the text could not be read; the questions can be answered all the same."""
        if event.state == WorkerState.ERROR:
            event.stop()
            self.reading = False
            self.advisor.say(f"The text could not be read: {event.worker.error}", wrong=True)

    def on_own_words_card_read(self, event: Read) -> None:
        """Take in what was read."""
        event.stop()
        self.reading = False
        self.session.hear(event.heard)
        self.draw()
        self.post_message(self.Understood())
        self.on_text_area_changed()

    def on_text_box_full(self, event: TextBox.Full) -> None:
        """Say that not all of it went in."""
        event.stop()
        self.advisor.say("The box is full; the rest of the text was left out.", wrong=True)

    def on_text_box_finished(self, event: TextBox.Finished) -> None:
        """Go to what was understood, to look it over; with nothing said, to the questions."""
        event.stop()
        if self.query_one(TextBox).text.strip():
            self.query_one(HeardList).focus()
        else:
            self.post_message(self.Finished())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on, or correct what was understood."""
        event.stop()
        kind, _, question = (target_of(event.option) or "").partition(":")
        self.post_message(self.Finished() if kind == GO else self.Correct(question))

    def on_heard_list_leave_out(self, event: HeardList.LeaveOut) -> None:
        """Leave a fact out, or take it in again."""
        event.stop()
        question = (self.query_one(HeardList).pointed or "").partition(":")[2]
        fact = next((f for f in self.session.own_words.heard.facts if f.id == question), None)
        if fact is None:
            return
        stands = self.session.interview.fact(question)
        if stands is not None and RANK[stands.source] > RANK["text"]:
            self.advisor.say("That is your own answer; Enter changes it.")
            return
        self.session.leave_out(fact)
        self.draw(keep=True)
        self.post_message(self.Understood())

    def step_back(self) -> bool:
        """Go from the list to the box; False in the box: there one leaves."""
        box = self.query_one(TextBox)
        if box.has_focus or not box.text.strip():
            return False
        box.focus()
        return True
