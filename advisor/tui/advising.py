"""The part of the application that leads between the questions, the result and simulations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .learning import LearningApp

if TYPE_CHECKING:
    from advisor.documents.advice import Advice
    from advisor.engine.space import Answer


class AdvisingApp(LearningApp):
    """An application whose lowest screen asks, and whose result lies above that."""

    def back_to_advice(self) -> None:
        """Return to the result if it is open, else to the questions, and draw them anew."""
        from .screens.interview import InterviewScreen
        from .screens.result import ResultScreen

        while len(self.screen_stack) > 1:
            self.pop_screen()
            if isinstance(self.screen, ResultScreen):
                self.screen.work_out()
                return
        if isinstance(self.screen, InterviewScreen):
            self.screen.begin()

    def simulate(self, now: Advice, change: dict[str, Answer]) -> None:
        """Try other answers on top of an advice; kept ones lead back to the result."""
        from .screens.what_if import WhatIfScreen

        def ended(kept: dict[str, Answer] | None) -> None:
            if kept:
                self.session.replace(kept)
                self._show_result()

        self.push_screen(WhatIfScreen(now, change), ended)

    def _show_result(self) -> None:
        from .screens.result import ResultScreen

        while len(self.screen_stack) > 1 and not isinstance(self.screen, ResultScreen):
            self.pop_screen()
        if isinstance(self.screen, ResultScreen):
            self.screen.work_out()

    def tell(self) -> None:
        """Open the box for the person's own words, over the questions."""
        from .screens.interview import InterviewScreen

        while len(self.screen_stack) > 1:
            self.pop_screen()
        if isinstance(self.screen, InterviewScreen):
            self.screen.tell()

    def ask(self, question: str) -> None:
        """Go to a question: in a dialog over the result if that is open, else in the interview."""
        from .screens.interview import InterviewScreen
        from .screens.result import ResultScreen

        while len(self.screen_stack) > 1 and not isinstance(self.screen, ResultScreen):
            self.pop_screen()
        if isinstance(self.screen, ResultScreen):
            self.screen.change(question)
        elif isinstance(self.screen, InterviewScreen):
            self.screen.ask(question)
