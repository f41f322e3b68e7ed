"""From a text to facts: what each was read from, how sure, and what was not used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from advisor.facts.fact import Fact, Ignored
from knowledge.base import Knowledge
from knowledge.model.question import Question

from .leftover import leftovers
from .matching import Marked, Match, matches
from .negation import denial
from .quoting import words
from .said import Said, applying, settle
from .spelling import correct
from .tokens import LONGEST_TEXT, tokens_of
from .vocabulary import Vocabulary

ABOUT = "<machine-learning>"
HEDGE = "<hedge>"
ORDINARY = "words-ordinary"
HYPOTHETICAL = "<hypothetical>"
NOT_SO = frozenset({"<past>", "<wish>"})
"""Groups of words beside which nothing is so today: in the whole clause, between two commas."""
PERHAPS, MISSPELT, HEDGED = 0.65, 0.85, 0.7


class Read(msgspec.Struct, frozen=True):
    """What a text says, and what of it is not used."""

    facts: list[Fact]
    ignored: list[Ignored]


def read(text: str, knowledge: Knowledge) -> Read:
    """Return the facts a text states. Nothing is taken from names alone, wishes or orders."""
    vocabulary = vocabulary_of(knowledge)
    marked = Marked(tokens_of(text), vocabulary)
    correct(marked, ordinary_words(knowledge))
    marked.find()
    found = _allowed(marked, matches(marked))
    said = list(_said(text, marked, found, knowledge.questions))
    plain = [item for item in said if not item.given]
    facts, _ = settle(plain, knowledge.questions, vocabulary.readings)
    known = {fact.id: fact.value for fact in facts}
    fitting = [item for item in said if all(known.get(f) in vs for f, vs in item.given.items())]
    facts, unused = settle(fitting, knowledge.questions, vocabulary.readings)
    facts = applying(facts, knowledge.questions)
    ignored = [*unused, *leftovers(text, marked, found)]
    if len(text) > LONGEST_TEXT:
        rest = f"only the first {LONGEST_TEXT:,} characters are read"
        ignored.append(Ignored(words(text, LONGEST_TEXT, len(text)), rest))
    return Read(facts, ignored)


@lru_cache(maxsize=1)
def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """Return the vocabulary of a knowledge base, without the words that belong to nothing."""
    phrases = knowledge.kind("phrase")
    telling = {name: phrase for name, phrase in phrases.items() if name != ORDINARY}
    return Vocabulary(telling, knowledge.kind("reading").values())


def ordinary_words(knowledge: Knowledge) -> frozenset[str]:
    """Return the words that lie close to a name and are none."""
    phrase = knowledge.kind("phrase").get(ORDINARY)
    return frozenset(phrase.words) if phrase else frozenset()


def _allowed(marked: Marked, found: list[Match]) -> list[Match]:
    """Leave out what the words around forbid, and guesses in a text about something else."""
    kept = [match for match in found if not _forbidden(marked, match)]
    about = any(spot.key == ABOUT for spots in marked.spots for spot in spots)
    sure = any(not match.pattern.perhaps and match.pattern.reading.fact for match in kept)
    if about or sure:
        return kept
    return [match for match in kept if not match.pattern.perhaps]


def _forbidden(marked: Marked, match: Match) -> bool:
    unless = {f"<{name.removeprefix('words-')}>" for name in match.pattern.reading.unless}
    return bool(
        HYPOTHETICAL in marked.groups_in_clause(match.start)
        or (unless | NOT_SO) & marked.groups_in_part(match.start)
    )


def _said(
    text: str, marked: Marked, found: Sequence[Match], questions: Mapping[str, Question]
) -> Iterator[Said]:
    for match in found:
        reading = match.pattern.reading
        no = denial(marked, match)
        places = no or range(match.start, match.end)
        quote = words(text, marked.tokens[places[0]].start, marked.tokens[places[-1]].end)
        if reading.fact is None:
            yield Said("", (), 1.0, quote, match.start, not_used=reading.not_used)
            continue
        if reading.fact not in questions:
            continue
        values, so = (reading.negated, True) if no and reading.negated else (_values(match), not no)
        sure = _confidence(marked, match)
        yield Said(
            reading.fact,
            values,
            sure,
            quote,
            match.start,
            not so,
            but_not=reading.unless_values,
            given=reading.given,
        )


def _values(match: Match) -> tuple[str, ...] | float:
    reading = match.pattern.reading
    if reading.times:
        return match.numbers[-1] * reading.times
    if reading.stretches:
        number = match.numbers[-1]
        for stretch in reading.stretches:
            if stretch.below is None or number < stretch.below:
                return (stretch.value,)
    return reading.values


def _confidence(marked: Marked, match: Match) -> float:
    sure = match.pattern.reading.sure
    if match.pattern.perhaps:
        sure *= PERHAPS
    if match.misspelt:
        sure *= MISSPELT
    if HEDGE in marked.groups_in_part(match.start):
        sure *= HEDGED
    return sure
