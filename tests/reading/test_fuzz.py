"""Whatever is typed, the reader answers, answers the same again, and quotes the text."""

from __future__ import annotations

from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from advisor.facts.answers import answer_from
from advisor.reading.read import read
from knowledge.base import Knowledge
from knowledge.text import printable

from .judging import corpus

MUTATIONS, SEED = 2_000, 20261120
BETWEEN_QUOTES = " … "
ODD = [
    "",
    "\x00",
    "\x1b[2J",
    "\u202e",
    "🦜",
    "ß",
    "İ",
    "´",
    "# 7",
    "1e999",
    "9" * 60,
    "a" * 400,
    "\n- ",
    "()",
]

words = st.sampled_from(sorted({word for item in corpus() for word in item["text"].split()}))


def check(text: str, knowledge: Knowledge) -> None:
    """Fail unless what was read is well-formed and every quote stands in the text."""
    found = read(text, knowledge)
    shown = printable(" ".join(text.split()))
    assert len({fact.id for fact in found.facts}) == len(found.facts)
    for fact in found.facts:
        answer_from(knowledge.questions[fact.id], fact.value)
        assert fact.source == "text"
        assert 0 < fact.confidence <= 1
        assert fact.said
        for quote in fact.said.split(BETWEEN_QUOTES):
            assert quote.removesuffix("…").strip() in shown
        if isinstance(fact.value, tuple):
            signs = {value.startswith("-") for value in fact.value}
            assert len(signs) == 1, "either what is so or what is not"
    assert all(item.said and item.why for item in found.ignored)
    assert all(item.said.isprintable() for item in found.ignored)
    assert read(text, knowledge) == found


def mutated(text: str, other: str, random: Random) -> str:
    """Return a text with one to four slips: letters, words and stretches lost, swapped, foreign."""
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(text) + 1)
        end = min(len(text), place + random.randint(1, 12))
        text = random.choice(
            (
                text[:place] + text[end:],
                text[:place] + random.choice(ODD) + text[place:],
                text[:place] + text[place:end][::-1] + text[end:],
                text[:place] + text[place:end].upper() * 2 + text[end:],
                text[:place] + random.choice((" not ", " or ", ", ", ". ", " but ")) + text[place:],
                text[:place] + " " + other[: random.randint(1, 60)] + " " + text[end:],
                " ".join(random.sample(text.split(" "), len(text.split(" ")))),
            )
        )
    return text


def test_texts_with_slips(knowledge: Knowledge) -> None:
    random = Random(SEED)
    texts = [item["text"].strip() for item in corpus() if len(item["text"]) < 400]
    for _ in range(MUTATIONS):
        check(mutated(random.choice(texts), random.choice(texts), random), knowledge)


@settings(max_examples=150)
@given(st.text(max_size=300))
@example("…!?,,;;()-–—&>•")
@example("x" * 20_000)
@example("no " * 3_000)
@example("İstanbul'da ＴｅｎｓｏｒＦｌｏｗ kodu ½ ²")
@example("#### 7 b 7b 7 billion billion 0 -1 1.2.3.4 1,000,000,000,000,000")
def test_any_text(knowledge: Knowledge, text: str) -> None:
    check(text, knowledge)


@settings(max_examples=150)
@given(st.lists(words, max_size=40))
def test_any_words_in_any_order(knowledge: Knowledge, said: list[str]) -> None:
    check(" ".join(said), knowledge)
