"""What was said in own words: what was read from it, what the person left out, what lies under it.

It knows no widgets. Reading again puts what the text says now in the place of what it said before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.engine.space import Answer
from advisor.facts.fact import RANK, Fact, Ignored, merge


@dataclass(frozen=True)
class Heard:
    """A text, the facts read from it, and what of it is not used."""

    text: str = ""
    facts: tuple[Fact, ...] = ()
    ignored: tuple[Ignored, ...] = ()


class OwnWords:
    """The text of this sitting and how it joins the answers; a person's answer goes before it."""

    def __init__(self, kept: str = "") -> None:
        """Nothing read yet. `kept`: what was told in an earlier sitting."""
        self.heard = Heard()
        self._kept = kept
        self._left_out: set[tuple[str, Answer]] = set()
        self._beneath: dict[str, Fact] = {}

    @property
    def text(self) -> str:
        """What was told last, read already or not."""
        return self.heard.text or self._kept

    def hear(self, heard: Heard, facts: Sequence[Fact]) -> list[Fact]:
        """Return the facts with what this text says among them."""
        if self._kept and heard.text == self._kept:
            # What is not among the answers of that sitting was left out in it.
            known_then = {fact.id for fact in facts}
            self._left_out |= {(f.id, f.value) for f in heard.facts if f.id not in known_then}
        self._kept = ""
        rest = self.beneath(facts)
        self.heard = heard
        taken = [fact for fact in heard.facts if not self.leaves_out(fact)]
        known = {fact.id: fact for fact in rest}
        self._beneath = {
            fact.id: known[fact.id]
            for fact in taken
            if fact.id in known and RANK[known[fact.id].source] <= RANK["text"]
        }
        return merge([*rest, *taken])[0]

    def beneath(self, facts: Sequence[Fact]) -> list[Fact]:
        """Return the facts as they would be if nothing had been said."""
        said = {fact.id: fact for fact in self.heard.facts}
        kept = []
        for fact in facts:
            if fact != said.get(fact.id):
                kept.append(fact)
            elif fact.id in self._beneath:
                kept.append(self._beneath[fact.id])
        return kept

    def leaves_out(self, fact: Fact) -> bool:
        """Say whether the person does not want this to be read from the text."""
        return (fact.id, fact.value) in self._left_out

    def leave_out(self, fact: Fact, facts: Sequence[Fact]) -> list[Fact]:
        """Leave a fact of the text out, or take it in again; return the facts after that."""
        self._left_out ^= {(fact.id, fact.value)}
        return self.hear(self.heard, facts)
