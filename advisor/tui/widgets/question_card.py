"""A question as a card: what is asked, why, how to find out, and the answers."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from advisor.engine.space import Answer, only_excludes
from advisor.errors import InputError
from advisor.facts.answers import answer_from
from advisor.facts.fact import Fact
from knowledge.model.question import Question

from ..session import FOUND
from ..sheet import Sheet
from ..wording import GROUPS, STATES, clean, read_words
from .answer_list import AnswerList
from .rows import MUTED, Part


class QuestionCard(Vertical):
    """Shows one question at a time and says what was answered."""

    class Answered(Message):
        """A valid answer was given."""

        def __init__(self, question: str, value: Answer) -> None:
            """Keep question and answer."""
            super().__init__()
            self.question = question
            self.value = value

    sheet: Sheet | None = None

    def compose(self) -> ComposeResult:
        """Lay out text, entry field and answers."""
        yield Static(id="asked", markup=False)
        yield Static(id="about", markup=False)
        yield Static(id="notice", markup=False)
        yield Input(id="number", type="number", compact=True, select_on_focus=False)
        yield AnswerList(id="answers")

    def show(self, question: Question, fact: Fact | None, worth: str = "") -> None:
        """Show a question. `worth`: what answering it can still do."""
        self.sheet = Sheet(question, fact)
        place = f"{GROUPS.get(question.group, question.group)} · {clean(question.title)}"
        asked: list[Part] = [(place, "$text-accent"), "\n", (clean(question.ask), "bold")]
        if fact is not None and fact.source in FOUND:
            asked += ["\n", (f"◆ Found by the {fact.source}; choose another to correct it.", "")]
        elif fact is not None and fact.source == "text":
            asked += ["\n", _read_from(fact)]
        about: list[Part] = [("Why: ", "bold"), (clean(question.why), MUTED)]
        if worth:
            about += ["\n", ("It ", MUTED), (clean(worth) + ".", MUTED)]
        about += ["\n", ("Find out: ", "bold"), (clean(question.find_out), MUTED)]
        self.query_one("#asked", Static).update(Content.assemble(*asked))
        self.query_one("#about", Static).update(Content.assemble(*about))
        self.say(self.sheet.hint)
        number = self.query_one("#number", Input)
        number.display = question.kind == "number"
        number.placeholder = f"number of {clean(question.unit)}"
        stands = fact is not None and isinstance(fact.value, float)
        number.value = f"{fact.value:g}" if fact is not None and stands else ""
        answers = self.query_one(AnswerList)
        answers.show(self.sheet)
        answers.focus()

    def say(self, notice: str) -> None:
        """Show a line above the answers."""
        self.query_one("#notice", Static).update(Content.styled(notice, MUTED))

    def on_answer_list_confirmed(self, event: AnswerList.Confirmed) -> None:
        """Turn a row into an answer."""
        event.stop()
        if self.sheet is not None:
            self._answered(self.sheet.answer_of(event.row))

    def on_answer_list_refused(self, event: AnswerList.Refused) -> None:
        """Say why a mark was not set."""
        event.stop()
        self.say(event.why)

    def on_answer_list_typed(self, event: AnswerList.Typed) -> None:
        """Begin a number."""
        event.stop()
        number = self.query_one("#number", Input)
        number.focus()
        number.value = event.character
        number.cursor_position = 1

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the number that was typed, or say what is wrong with it."""
        event.stop()
        if self.sheet is None or not event.value.strip():
            self.query_one(AnswerList).focus()
            return
        try:
            value = answer_from(self.sheet.question, event.value)
        except InputError as error:
            self.say(str(error).partition(": ")[2])
            return
        self._answered(value)

    def _answered(self, value: Answer) -> None:
        assert self.sheet is not None
        self.post_message(self.Answered(self.sheet.question.id, value))


def _read_from(fact: Fact) -> str:
    """Say what was read and what an answer does to it."""
    then = "says what holds" if only_excludes(fact.value) else "confirms or corrects it"
    return f"{STATES['read'][0]} Read from {read_words(fact)}; your answer {then}."
