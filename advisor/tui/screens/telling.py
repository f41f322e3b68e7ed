"""The part of the interview in which a case is told in own words, between the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from advisor.engine.space import Answer

from ..standing import Standing
from ..widgets.question_card import QuestionCard
from ..widgets.title_bar import TitleBar
from ..wording import count
from .base import AdvisorScreen

if TYPE_CHECKING:
    from ..widgets.own_words_card import OwnWordsCard


class TellingScreen(AdvisorScreen):
    """A screen of questions with a box in their place on request."""

    standing: Standing

    def begin(self) -> None:
        """Go to the next open question."""
        raise NotImplementedError

    def draw_question(self) -> None:
        """Draw the question one is at."""
        raise NotImplementedError

    def draw_ranking(self) -> None:
        """Draw where the options stand."""
        raise NotImplementedError

    def tell(self) -> None:
        """Offer the box for the person's own words; the questions come after it."""
        from ..widgets.own_words_card import OwnWordsCard

        self.standing = Standing(())
        self.query_one(QuestionCard).display = False
        card = self.own_words
        if card is None:
            self.query_one("#columns").mount(OwnWordsCard(), before=0)
        else:
            card.display = True
            card.open()
        self.draw_own_words()
        self.refresh_bindings()

    @property
    def own_words(self) -> OwnWordsCard | None:
        """The box, once it was opened; its module is not imported to look for it."""
        return cast("OwnWordsCard | None", next(iter(self.query("OwnWordsCard")), None))

    @property
    def telling(self) -> bool:
        """Whether the box is shown and no question."""
        return any(not card.display for card in self.query(QuestionCard))

    def draw_own_words(self) -> None:
        """Draw what goes with the box: the ranking, and how many answers there are."""
        done = count(len(self.session.facts), "answer", "answers")
        self.query_one(TitleBar).say(f"{self.NAME} · In your own words", f"{done} so far")
        self.draw_ranking()

    def on_own_words_card_understood(self) -> None:
        """Draw what the words have moved, also if the box was left before they were read."""
        current = self.session.current
        if self.telling:
            self.draw_own_words()
        elif current is not None and self.session.is_open(current):
            self.draw_ranking()
        else:
            self.begin()

    def on_own_words_card_finished(self) -> None:
        """Go on with what is still open: with the question one came from, if that is."""
        session = self.session
        if session.current is not None and session.is_open(session.current):
            self.draw_question()
            self.draw_ranking()
        else:
            self.begin()

    def on_own_words_card_correct(self, event: OwnWordsCard.Correct) -> None:
        """Ask the question in a dialog, with what was read marked."""
        from .answer import AnswerScreen

        def answered(value: Answer | None) -> None:
            card = self.own_words
            if value is not None and card is not None:
                self.session.answer(event.question, value)
                card.draw(keep=True)
                self.draw_own_words()

        fact = self.session.interview.fact(event.question)
        self.app.push_screen(AnswerScreen(event.question, fact), answered)

    def action_own_words(self) -> None:
        """Open the box with what was said so far."""
        self.tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out keys that mean nothing beside the box."""
        return not (action in ("skip", "back", "own_words") and self.telling)
