"""A question as rows to choose from, whatever its kind: what is marked, what a key does.

No widgets here: the same sheet can be tested, and shown anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW, EXCLUDED, Answer
from advisor.facts.fact import Fact
from advisor.interview import band_value
from knowledge.model.question import Question

from .wording import clean, count

CONTINUE, NONE = "=continue", "=none"


@dataclass(frozen=True)
class SheetRow:
    """One row: its id, the key that takes it, its mark, what it says and what that means."""

    id: str
    key: str
    mark: str
    label: str
    means: str = ""


class Sheet:
    """What is chosen on one question before it is answered."""

    def __init__(self, question: Question, fact: Fact | None) -> None:
        """Start from the answer that stands."""
        self.question = question
        self.value: Answer | None = fact.value if fact else None
        named = self.value if isinstance(self.value, tuple) else ()
        self.marked = [name for name in named if not name.startswith(EXCLUDED)]
        # What is known not to be so leaves the question open: an answer replaces it.
        self.excluded = {name.removeprefix(EXCLUDED) for name in named} - set(self.marked)

    @property
    def many(self) -> bool:
        """Whether several choices make one answer."""
        return self.question.kind in ("several", "ranking")

    @property
    def hint(self) -> str:
        """How this kind of question is answered."""
        if self.question.kind == "several":
            return "Space marks each that holds, Enter goes on."
        if self.question.kind == "ranking":
            return f"Space picks in order, up to {self.question.most}; Enter goes on."
        if self.question.kind == "number":
            return f"Type a number of {clean(self.question.unit)}, or choose a range."
        return "Enter or its number chooses."

    def rows(self) -> list[SheetRow]:
        """Return all rows in order."""
        rows = self._choices()
        if self.many:
            rows += self._ends()
        return [
            *rows,
            SheetRow(DONT_KNOW, "d", self._single(DONT_KNOW), "I don't know"),
            SheetRow(DOES_NOT_APPLY, "x", self._single(DOES_NOT_APPLY), "Does not apply to us"),
        ]

    def _choices(self) -> list[SheetRow]:
        question = self.question
        if question.kind == "flag":
            return [
                SheetRow("yes", "1", self._single(True), "Yes"),
                SheetRow("no", "2", self._single(False), "No"),
            ]
        if question.kind == "number":
            return [
                SheetRow(
                    f"band-{i}",
                    "",
                    self._band_mark(i),
                    clean(band.label) or f"about {band_value(question, i):g}",
                )
                for i, band in enumerate(question.bands)
            ]
        return [
            SheetRow(
                choice.id,
                _digit(i),
                self._mark(choice.id),
                self._label(choice.id, clean(choice.label)),
                clean(choice.means),
            )
            for i, choice in enumerate(question.choices)
        ]

    def _label(self, choice: str, label: str) -> str:
        not_so = choice in self.excluded and choice not in self.marked
        return f"not: {label}" if not_so else label

    def _ends(self) -> list[SheetRow]:
        done = f"Go on with {count(len(self.marked), 'choice', 'choices')}" if self.marked else ""
        rows = [SheetRow(CONTINUE, "", "→", done)] if done else []
        if self.question.kind == "several":
            mark = "(•)" if self.value == () and not self.marked else "( )"
            rows.append(SheetRow(NONE, "0", mark, "None of these"))
        return rows

    def _single(self, value: Answer) -> str:
        # True == 1.0 in Python, and a number question has no flag rows.
        return "(•)" if self.value == value and not self.marked else "( )"

    def _mark(self, choice: str) -> str:
        if not self.many:
            return self._single(choice)
        if choice not in self.marked:
            return "[ ]"
        return "[x]" if self.question.kind == "several" else f"[{self.marked.index(choice) + 1}]"

    def _band_mark(self, index: int) -> str:
        bands, value = self.question.bands, self.value
        if not isinstance(value, float):
            return "( )"
        low = (bands[index - 1].below or 0.0) if index else 0.0
        high = bands[index].below
        return "(•)" if low <= value and (high is None or value < high) else "( )"

    def toggle(self, row: str) -> str:
        """Mark or unmark a choice; return a notice if that is not possible."""
        if row in self.marked:
            self.marked.remove(row)
        elif self.question.kind == "ranking" and len(self.marked) >= self.question.most:
            return f"{self.question.most} are picked; Space on one of them frees its place."
        else:
            self.marked.append(row)
        return ""

    def is_choice(self, row: str) -> bool:
        """Whether a row is a choice that can be marked."""
        return self.many and any(choice.id == row for choice in self.question.choices)

    def answer_of(self, row: str) -> Answer:
        """Return the answer that confirming with the pointer on this row gives."""
        if row in (DONT_KNOW, DOES_NOT_APPLY):
            return row
        if row == NONE:
            return ()
        if self.many:
            return tuple(self.marked) if self.marked or row == CONTINUE else (row,)
        if self.question.kind == "flag":
            return row == "yes"
        if self.question.kind == "number":
            return band_value(self.question, int(row.removeprefix("band-")))
        return row


def _digit(index: int) -> str:
    return str(index + 1) if index < 9 else ""
