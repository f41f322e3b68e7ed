"""The interview, without a face: which question comes next, what is answered, what can be undone.

The terminal interface and the plain prompts share it, so both ask the same questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.engine.decide import open_gains, preview
from advisor.engine.evaluate import Evaluation
from advisor.engine.measured import Evidence
from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW, Answer, only_excludes
from advisor.engine.tables import Tables
from advisor.engine.what_if import Gain
from advisor.facts.answers import answer_from, question_named
from advisor.facts.fact import Fact, Origin
from knowledge.model.question import Question


class Interview:
    """Answers being collected; the order of asking follows from what is still open."""

    def __init__(
        self,
        tables: Tables,
        facts: Iterable[Fact] = (),
        measurements: Sequence[Evidence] = (),
        *,
        ask_all: bool = False,
    ) -> None:
        """Start from facts that are known already; `ask_all`: fixed order, nothing left out."""
        self.tables = tables
        self.measurements = list(measurements)
        self.ask_all = ask_all
        self._facts: dict[str, Fact] = {fact.id: fact for fact in facts}
        self._asked: list[str] = []
        self._gains: list[Gain] | None = None

    @property
    def facts(self) -> list[Fact]:
        """All facts, in the order of the questions."""
        return [self._facts[name] for name in self.tables.space.questions if name in self._facts]

    @property
    def answers(self) -> dict[str, Answer]:
        """Answers by question id."""
        return {fact.id: fact.value for fact in self.facts}

    def fact(self, question: str) -> Fact | None:
        """Return what is known of a question."""
        return self._facts.get(question)

    def answer(self, question: str, value: object, source: Origin = "asked") -> None:
        """Set or change an answer; InputError if it is not valid."""
        entry = question_named(self.tables.space.questions, question)
        checked = answer_from(entry, value)
        self._facts[question] = Fact(question, checked, source)
        if question in self._asked:
            self._asked.remove(question)
        self._asked.append(question)
        self._gains = None

    def forget(self, question: str) -> None:
        """Take an answer back: the question counts as not asked."""
        self._facts.pop(question, None)
        if question in self._asked:
            self._asked.remove(question)
        self._gains = None

    def back(self) -> str | None:
        """Return the question answered last, so that it can be asked again; answers stay."""
        return self._asked.pop() if self._asked else None

    def open_questions(self) -> list[Question]:
        """Return what can still be asked: most useful first, or in fixed order with `ask_all`."""
        questions = self.tables.space.questions
        if self.ask_all:
            state = self.tables.space.encode(self.answers)
            return [
                q
                for name, q in questions.items()
                if not self._settled(name) and not self.tables.space.answered(state, name)
            ]
        return [questions[gain.question] for gain in self.gains()]

    def _settled(self, question: str) -> bool:
        """Say whether a question was answered; what is not so leaves the rest of it open."""
        fact = self._facts.get(question)
        return fact is not None and not only_excludes(fact.value)

    def gains(self) -> list[Gain]:
        """Return what each open question can still do, best first; empty when all is certain."""
        if self._gains is None:
            self._gains = open_gains(self.tables, self.answers, self.measurements)
        return self._gains

    def next_question(self) -> Question | None:
        """Return the question to ask now, or None when nothing left can change the answer."""
        waiting = self.open_questions()
        return waiting[0] if waiting else None

    def ranking(self) -> Evaluation:
        """Return the scores as they stand."""
        return preview(self.tables, self.answers, self.measurements)


def band_value(question: Question, index: int) -> float:
    """Return a number that lies in a band of a number question: what choosing the band answers."""
    start = question.bands[index - 1].below if index else 0.0
    end = question.bands[index].below
    low = 0.0 if start is None else start
    return 2 * low if end is None else (low + end) / 2


__all__ = ["DOES_NOT_APPLY", "DONT_KNOW", "Interview", "band_value"]
