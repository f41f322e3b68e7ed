"""The questions, one at a time, with the ranking moving beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, Static
from textual.worker import Worker, WorkerState, get_current_worker

from advisor.engine.space import Answer
from advisor.explain.changes import why_ask
from advisor.explain.words import answer_words

from ..session import state_of_source
from ..standing import Standing, of_evaluation
from ..widgets.answer_list import AnswerList
from ..widgets.question_card import QuestionCard
from ..widgets.ranking import Ranking
from ..widgets.rows import MUTED
from ..widgets.title_bar import TitleBar
from ..wording import STATES, clean, count
from ..work import Judgement, judge
from .telling import TellingScreen


class InterviewScreen(TellingScreen):
    """Asks what can still change the answer, most useful question first."""

    NAME = "Questions"
    HELP = (
        "Tell your case in your own words (o, at any time): what is understood is filled in, with "
        "the words it was read from, to be corrected or left out; the rest is asked. "
        "Each question can be answered, left open with s, or answered with «I don't know» (d): "
        "what you do not know stays open in the advice and is never read as no. "
        "The ranking moves with every answer; ▲ and ▼ say by how many points. "
        "«if» marks an option that an open answer may rule out, «out» one that is ruled out. "
        "Questions come in the order in which they can still change the result, so you can stop "
        "at any time and look at it with r. Every answer is kept at once: the next start offers "
        "to go on. / searches everything that is known; C compares the options."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b,left,h", "back", "Back", key_display="b", id="interview.back"),
        Binding("s,right,l", "skip", "Skip", key_display="s", id="interview.skip"),
        Binding("g", "questions", "All questions", id="interview.questions"),
        Binding("r", "result", "Result", id="interview.result"),
        Binding("c", "correct", "Correct what was found", show=False, id="interview.correct"),
        Binding("o", "own_words", "In your own words", show=False, id="interview.own-words"),
    ]

    class Judged(Message):
        """The verdict for a set of answers is there."""

        def __init__(self, judgement: Judgement, turn: int) -> None:
            """Keep it with the number of the turn it belongs to."""
            super().__init__()
            self.judgement = judgement
            self.turn = turn

    def __init__(self) -> None:
        """Nothing shown yet."""
        super().__init__()
        self.turn = 0
        self.standing = Standing(())

    def compose(self) -> ComposeResult:
        """Lay out question, ranking (twice: narrow and wide) and keys."""
        yield TitleBar(self.NAME)
        yield Ranking(compact=True, id="strip", classes="strip")
        with Horizontal(id="columns"):
            yield QuestionCard()
            with VerticalScroll(classes="side", can_focus=False):
                yield Ranking(compact=False, id="ranking")
                yield Static(id="so-far", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Draw where the options stand; the first question follows once that is on the screen."""
        session = self.session
        self.standing = of_evaluation(session.tables, session.interview.ranking())
        for ranking in self.query(Ranking):
            ranking.show(self.standing)
        self.query_one(QuestionCard).display = False
        self.call_after_refresh(self.begin if session.kept else self.tell)

    def begin(self) -> None:
        """Draw the ranking as it stands and go to the next open question."""
        self.standing = Standing(())
        self.session.advance()
        self.show()

    def show(self) -> None:
        """Draw the present question, the ranking and what was answered so far."""
        session = self.session
        if session.current is None:
            trail = session.trail
            session.current = trail.pop() if trail else next(iter(session.knowledge.questions))
            self.draw_question()
            self.draw_ranking()
            self.call_after_refresh(self.action_result)
            return
        self.draw_question()
        self.draw_ranking()

    def draw_question(self) -> None:
        """Draw the question one is at."""
        session = self.session
        assert session.current is not None
        question = session.knowledge.questions[session.current]
        gain = next((g for g in session.interview.gains() if g.question == question.id), None)
        card = self.query_one(QuestionCard)
        worth = why_ask(gain) if gain else ""
        card.display = True
        if self.own_words is not None:
            self.own_words.display = False
            self.refresh_bindings()
        card.show(question, session.interview.fact(question.id), worth)
        done = count(len(session.facts), "answer", "answers")
        self.query_one(TitleBar).say(f"{self.NAME} · {clean(question.title)}", f"{done} so far")

    def draw_ranking(self) -> None:
        """Draw scores at once; the verdict's word follows from a thread."""
        session = self.session
        before = self.standing.scores
        self.standing = of_evaluation(session.tables, session.interview.ranking(), before or None)
        self.turn += 1
        self._draw_standing()
        self.query_one("#so-far", Static).update(self._so_far())
        self._judge(dict(session.interview.answers), self.turn)

    def _draw_standing(self) -> None:
        note = self.session.still_open()
        for ranking in self.query(Ranking):
            ranking.show(self.standing, note)

    def _so_far(self) -> Content:
        session = self.session
        lines = [Content("")]
        for fact in session.facts:
            question = session.knowledge.questions[fact.id]
            mark = STATES[state_of_source(fact)][0]
            said = clean(answer_words(question, fact.value))
            title = (f"{clean(question.title)}: ", MUTED)
            lines.append(Content.assemble(f"{mark} ", title, said))
        if session.found():
            lines.append(Content.styled("◆ found on this machine; c corrects it", MUTED))
        if any(fact.source == "text" for fact in session.facts):
            lines.append(Content.styled("≈ read from your words; o shows them", MUTED))
        return Content("\n").join(lines)

    @work(thread=True, exclusive=True, group="verdict", exit_on_error=False)
    def _judge(self, answers: dict[str, Answer], turn: int) -> None:
        judgement = judge(self.session.tables, answers, self.session.interview.measurements)
        if not get_current_worker().is_cancelled:
            self.post_message(self.Judged(judgement, turn))

    def on_interview_screen_judged(self, event: Judged) -> None:
        """Draw the verdict if the answers are still the same."""
        if event.turn == self.turn:
            self.standing = replace(
                self.standing, strength=event.judgement.strength, summary=event.judgement.summary
            )
            self._draw_standing()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so if the verdict could not be worked out; the interview goes on."""
        if event.state == WorkerState.ERROR:
            self.advisor.say(
                f"The verdict could not be worked out: {event.worker.error}", wrong=True
            )

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Keep the answer and go on."""
        session = self.session
        was_kept = not session.unsaved
        session.answer(event.question, event.value)
        if session.unsaved and was_kept:
            self.advisor.say(
                f"Answers cannot be kept: {session.directory} is not writable.", wrong=True
            )
        session.advance()
        self.show()

    def ask(self, question: str) -> None:
        """Go to a question by name."""
        self.session.show(question)
        self.draw_question()

    def action_back(self) -> None:
        """Go to the question before."""
        if isinstance(self.focused, Input):
            self.query_one(AnswerList).focus()
            return
        if not self.session.trail:
            self.advisor.say("This is the first question. Answers are kept; q leaves.")
            return
        self.session.back()
        self.draw_question()

    def action_leave(self) -> None:
        """Step back a question; from the box, to the questions."""
        card = self.own_words if self.telling else None
        if card is None:
            self.action_back()
        elif not card.step_back():
            self.on_own_words_card_finished()

    def action_skip(self) -> None:
        """Leave this question open."""
        self.session.skip()
        self.show()

    def action_result(self) -> None:
        """Show the advice."""
        from .result import ResultScreen

        self.app.push_screen(ResultScreen())

    def action_questions(self) -> None:
        """List all questions."""
        self._list_questions(found=False)

    def action_correct(self) -> None:
        """List what was found, to correct it."""
        if self.session.found():
            self._list_questions(found=True)
        else:
            self.advisor.say("Nothing was found on this machine yet; p looks at it.")

    def _list_questions(self, found: bool) -> None:
        from .questions import QuestionsScreen

        def chosen(question: str | None) -> None:
            if question is not None:
                self.ask(question)

        self.app.push_screen(QuestionsScreen(only_found=found), chosen)
