"""One sitting: the interview, where the person stands in it, and what is kept between starts.

It knows no widgets, and it decides nothing: order and ranking come from the interview.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW, Answer, only_excludes
from advisor.engine.tables import Tables
from advisor.facts.fact import Fact, merge
from advisor.interview import Interview
from advisor.saved import restore, save
from knowledge.base import Knowledge
from knowledge.model.question import Question

from .kept_text import save_text, saved_text
from .own_words import Heard, OwnWords
from .wording import State, count

if TYPE_CHECKING:
    from probes.document import ProbeDocument

FOUND = ("probe", "benchmark", "repository", "default")
"""Sources of facts that nobody was asked for."""


class Session:
    """Answers, the trail of questions shown, and the file that keeps them."""

    def __init__(
        self, knowledge: Knowledge, directory: Path, *, overlays: Sequence[str] = ()
    ) -> None:
        """Start with nothing answered; `kept` holds what the last sitting left."""
        self.knowledge = knowledge
        self.tables = Tables(knowledge)
        self.directory = directory
        self.overlays = tuple(overlays)
        self.interview = Interview(self.tables)
        self.kept = restore(directory, knowledge.questions)
        self.current: str | None = None
        self.trail: list[str] = []
        self.skipped: set[str] = set()
        self.evidence: list[str] = []
        self.warnings: list[str] = []
        self.unsaved = False
        self.own_words = OwnWords()
        self._kept_text = saved_text(directory) if self.kept else ""
        self.before_what_if: list[Fact] = []
        """Answers as they were before the last simulation that was kept."""

    @property
    def facts(self) -> list[Fact]:
        """All facts, in the order of the questions."""
        return self.interview.facts

    @property
    def told(self) -> bool:
        """Whether the person has said anything; what a probe found alone does not count."""
        return any(fact.source not in FOUND for fact in self.facts)

    def resume(self) -> None:
        """Take up the answers of the last sitting."""
        self._begin(self.kept)
        self.own_words = OwnWords(self._kept_text)
        self.trail = [fact.id for fact in self.kept if fact.source not in FOUND]
        self.kept = []

    def start_over(self) -> None:
        """Forget all answers; the file is replaced by the first new one."""
        self._begin([])
        self.kept = []

    def _begin(self, facts: Sequence[Fact]) -> None:
        measurements = self.interview.measurements
        self.interview = Interview(self.tables, facts, measurements)
        self.skipped.clear()
        self.trail = []
        self.current = None
        self.own_words = OwnWords()
        self.before_what_if = []

    def answer(self, question: str, value: Answer) -> None:
        """Set an answer and keep it."""
        self.interview.answer(question, value)
        self.skipped.discard(question)
        self._save()

    def forget(self, question: str) -> None:
        """Take an answer back; what the text said of it is not taken again."""
        fact = self.interview.fact(question)
        if fact is not None and fact in self.own_words.heard.facts:
            self.leave_out(fact)
            return
        self.interview.forget(question)
        self._save()

    def hear(self, heard: Heard) -> None:
        """Take in what was said in own words; what the person answered goes before it."""
        self._put(self.own_words.hear(heard, self.facts))
        if self.facts:
            self._save_text()

    def leave_out(self, fact: Fact) -> None:
        """Leave out a fact that was read from the text, or take it in again."""
        self._put(self.own_words.leave_out(fact, self.facts))

    def _put(self, facts: Sequence[Fact]) -> None:
        after = Interview(self.tables, facts, self.interview.measurements)
        if after.facts != self.facts:
            self.interview = after
            self._save()

    def replace(self, answers: dict[str, Answer]) -> None:
        """Set several answers at once: what a simulation ended with."""
        self.before_what_if = self.facts
        for name, value in answers.items():
            self.interview.answer(name, value)
        self._save()

    def use_probe(self, document: ProbeDocument, kept_as: str | None = None) -> int:
        """Take in what a probe found; the person's own answers win. Return how many are used.

        `kept_as`: what the document is called where it is kept; it is kept now if it is not yet.
        """
        from advisor.cli.output import Output
        from advisor.cli.probing import save as keep_document
        from advisor.clock import now
        from advisor.diagnosing import known_builds
        from advisor.facts.evidence import from_document

        quiet = Output(json=False, file=None, quiet=True, colour=False)
        path = kept_as or keep_document(document, quiet)
        name = path or "this look at the machine"
        found, measurements, warnings = from_document(
            document, name, now(), known_builds(self.knowledge)
        )
        known = [fact for fact in found if fact.id in self.tables.space.questions]
        merged, _ = merge([*self.own_words.beneath(self.facts), *known])
        kept = self.own_words.hear(self.own_words.heard, merged)
        self.interview = Interview(self.tables, kept, measurements)
        self.evidence = [name] if path else []
        self.warnings = warnings
        self._save()
        return sum(1 for fact in kept if fact in known)

    def _save(self) -> None:
        self.unsaved = not save(self.directory, self.facts)
        self._save_text()

    def _save_text(self) -> None:
        text = self.own_words.text
        if text != self._kept_text and save_text(self.directory, text):
            self._kept_text = text

    def show(self, question: str | None) -> None:
        """Go to a question; the one shown before is where `back` leads."""
        if self.current is not None and self.current != question:
            self.trail.append(self.current)
        self.current = question

    def advance(self) -> str | None:
        """Go to the next open question that was not skipped; None when there is none."""
        waiting = [q.id for q in self.interview.open_questions()]
        following = (q for q in waiting if q not in self.skipped and q != self.current)
        self.show(next(following, None))
        return self.current

    def skip(self) -> str | None:
        """Leave the question open and go on."""
        if self.current is not None and self.is_open(self.current):
            self.skipped.add(self.current)
        return self.advance()

    def back(self) -> str | None:
        """Go to the question shown before; answers stay."""
        if self.trail:
            self.current = self.trail.pop()
        return self.current

    def still_open(self) -> str:
        """Say how many questions are open, and how many of them can change the choice."""
        gains = self.interview.gains()
        if not gains:
            return "what is still open hardly matters"
        deciding = sum(1 for gain in gains if gain.changes > 0 or gain.decides_veto)
        if not deciding:
            return f"{count(len(gains), 'open question', 'open questions')}, none decides alone"
        return f"{deciding} of {count(len(gains), 'open question', 'open questions')} can change it"

    def is_open(self, question: str) -> bool:
        """Say whether a question was not answered, or only by what is not so."""
        fact = self.interview.fact(question)
        return fact is None or only_excludes(fact.value)

    def state_of(self, question: Question) -> State:
        """Return how a question stands."""
        fact = self.interview.fact(question.id)
        if fact is None:
            state = self.tables.space.encode(self.interview.answers)
            return "off" if self.tables.space.answered(state, question.id) else "open"
        if fact.value == DONT_KNOW:
            return "dont-know"
        if fact.value == DOES_NOT_APPLY:
            return "off"
        if only_excludes(fact.value):
            return "open"
        return state_of_source(fact)

    def found(self) -> list[Fact]:
        """Return the facts that were found and not said."""
        return [fact for fact in self.facts if fact.source in FOUND]


def state_of_source(fact: Fact) -> State:
    """Return how an answer came about: said, read from the person's text, or found."""
    if fact.source in FOUND:
        return "found"
    return "read" if fact.source == "text" else "answered"
