"""How much the reader gets right over the corpus; `benchmarks/reading.py` shows every slip."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from advisor.reading.read import read
from knowledge.base import Knowledge

from .judging import corpus, judge

LEAST_SHARE_READ = 0.95
MOST_WRONG = 12
LEAST_SHARE_LISTED = 0.6
LEAST_BY_FILE = {"plain": 0.97, "terse": 0.97, "quantities": 0.97, "rambling": 0.9, "typos": 0.75}


@pytest.fixture(scope="module")
def counts(knowledge: Knowledge) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for item in corpus():
        judged = judge(item, read(item["text"], knowledge).facts)
        tally = found.setdefault(item["file"], Counter())
        tally.update(read=len(judged.read), missed=len(judged.missed), wrong=len(judged.wrong))
    return found


def share(tally: Counter[str]) -> float:
    return tally["read"] / (tally["read"] + tally["missed"])


def test_nearly_all_that_is_said_is_read(counts: dict[str, Counter[str]]) -> None:
    assert share(sum(counts.values(), Counter())) >= LEAST_SHARE_READ


def test_hardly_anything_is_read_that_is_not_said(counts: dict[str, Counter[str]]) -> None:
    assert sum(tally["wrong"] for tally in counts.values()) <= MOST_WRONG


@pytest.mark.parametrize(("name", "least"), LEAST_BY_FILE.items())
def test_each_manner_of_writing_is_read(
    counts: dict[str, Counter[str]], name: str, least: float
) -> None:
    assert share(counts[name]) >= least


NONSENSE = [item for item in corpus() if item["file"] == "nonsense"]


@pytest.mark.parametrize("item", NONSENSE, ids=[item["text"][:40] for item in NONSENSE])
def test_nothing_is_read_from_nonsense(knowledge: Knowledge, item: dict[str, Any]) -> None:
    assert not judge(item, read(item["text"], knowledge).facts).wrong


def test_most_of_what_was_not_used_is_listed(knowledge: Knowledge) -> None:
    listed = []
    for item in corpus():
        said = " ".join(ignored.said for ignored in read(item["text"], knowledge).ignored).lower()
        for words in item.get("ignored") or []:
            listed.append(any(word in said for word in str(words).lower().split()))
    assert sum(listed) >= LEAST_SHARE_LISTED * len(listed) > 0
