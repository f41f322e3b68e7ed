"""The vocabulary holds nothing that cannot be reached, and has words for every answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from advisor.reading import leftover, matching, negation
from advisor.reading import read as reader
from advisor.reading.matching import Marked, matches
from advisor.reading.tokens import tokens_of
from advisor.reading.vocabulary import PREFIX
from knowledge.base import Knowledge
from knowledge.model.reading import Reading

TRIES = 12
NUMBERS = {"#": "7", "#k": "7k", "#m": "7M", "#b": "7B", "#word": "two hundred"}
STEERING = {
    leftover.EMPTY,
    leftover.FRAMEWORK,
    matching.BARRIER,
    matching.NEGATION,
    matching.TURN,
    negation.AND,
    negation.DENIED,
    negation.NO_NEGATION,
    negation.OR,
    reader.ABOUT,
    reader.HEDGE,
    reader.HYPOTHETICAL,
    *reader.NOT_SO,
}
"""Groups that the reader itself asks for."""


@pytest.fixture(scope="module")
def readings(knowledge: Knowledge) -> list[Reading]:
    return list(knowledge.kind("reading").values())


def patterns_of(reading: Reading) -> tuple[str, ...]:
    return (*reading.patterns, *reading.perhaps)


def phrases_in(knowledge: Knowledge, group: str) -> list[str]:
    phrase = knowledge.kind("phrase")[PREFIX + group]
    included = [phrases_in(knowledge, name.removeprefix(PREFIX)) for name in phrase.includes]
    return [*phrase.words, *(words for part in included for words in part)]


def examples(knowledge: Knowledge, pattern: str) -> Iterator[str]:
    """Yield texts that a pattern should be found in; each takes other words of its groups."""
    for turn in range(TRIES):
        said = []
        for part in pattern.split():
            if part == ".." or (part.endswith("?") and turn % 2):
                continue
            if part in NUMBERS:
                said.append(NUMBERS[part])
                continue
            choice = part.removesuffix("?").split("|")
            word = choice[turn % len(choice)]
            if word.startswith("<"):
                phrases = phrases_in(knowledge, word[1:-1])
                word = phrases[(turn * 7) % len(phrases)]
            said.append(word)
        yield " ".join(said)


def is_found(knowledge: Knowledge, pattern: str, reading: Reading, text: str) -> bool:
    marked = Marked(tokens_of(text), reader.vocabulary_of(knowledge))
    marked.find()
    return any(m.pattern.text == pattern and m.pattern.reading is reading for m in matches(marked))


def test_every_pattern_is_found_in_a_text_made_of_its_words(
    knowledge: Knowledge, readings: list[Reading]
) -> None:
    dead = [
        f"{reading.id}: {pattern}"
        for reading in readings
        for pattern in patterns_of(reading)
        if not any(is_found(knowledge, pattern, reading, t) for t in examples(knowledge, pattern))
    ]
    assert not dead, "\n".join(dead)


def test_no_pattern_stands_twice_in_a_reading(readings: list[Reading]) -> None:
    twice = [
        f"{reading.id}: {pattern}"
        for reading in readings
        for pattern, count in Counter(patterns_of(reading)).items()
        if count > 1
    ]
    assert not twice, "\n".join(twice)


def test_no_phrase_stands_twice_in_a_group(knowledge: Knowledge) -> None:
    twice = [
        f"{phrase.id}: {words}"
        for phrase in knowledge.kind("phrase").values()
        for words, count in Counter(phrase.words).items()
        if count > 1
    ]
    assert not twice, "\n".join(twice)


def test_every_group_is_used(knowledge: Knowledge, readings: list[Reading]) -> None:
    used = {PREFIX + name.strip("<>") for name in STEERING} | {reader.ORDINARY}
    for phrase in knowledge.kind("phrase").values():
        used.update(phrase.includes)
    for reading in readings:
        used.update(reading.unless)
        for pattern in patterns_of(reading):
            for word in pattern.replace("?", "").replace("|", " ").split():
                if word.startswith("<"):
                    used.add(PREFIX + word[1:-1])
    shadowing = {p.id for p in knowledge.kind("phrase").values() if p.shadows}
    unused = set(knowledge.kind("phrase")) - used - shadowing
    assert not unused


def test_every_answer_can_be_read_from_a_phrase(
    knowledge: Knowledge, readings: list[Reading]
) -> None:
    missing = {
        (question.id, choice.id)
        for question in knowledge.questions.values()
        for choice in question.choices
    }
    for reading in readings:
        for pattern in patterns_of(reading):
            if not missing & {(reading.fact, value) for value in values_of(reading)}:
                break
            for text in examples(knowledge, pattern):
                for fact in reader.read(f"{text}. A neural network.", knowledge).facts:
                    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
                    missing -= {(fact.id, value) for value in values}
    assert not missing


def values_of(reading: Reading) -> set[str]:
    united = {reading.values[0]} if reading.unites else set()
    return {*reading.values, *(s.value for s in reading.stretches), *united}


def test_ordinary_words_are_no_words_of_the_vocabulary(knowledge: Knowledge) -> None:
    vocabulary = reader.vocabulary_of(knowledge)
    known = {word for word in reader.ordinary_words(knowledge) if vocabulary.knows(word)}
    assert not known


TYPOS = """
    tensorlow pytoch tesnorflow andriod rasberry trainning recomendation regulatd clasification
    offine broswer javasript nvdia swfit kubernets finetunning microcontroler segmantation
    inferense batery pretraind
"""


@pytest.mark.parametrize("typo", TYPOS.split())
def test_common_typos_are_not_taken_for_ordinary_words(knowledge: Knowledge, typo: str) -> None:
    assert typo not in reader.ordinary_words(knowledge)
