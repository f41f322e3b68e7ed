"""No sentence of the seed documents stands in the knowledge base or the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from knowledge.base import Knowledge
from knowledge.model.kinds import KINDS

from .shingles import LENGTH, shingles

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SEEDS = frozenset((HERE / "seeds.txt").read_text().split())


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str) and " " in value:  # an address is a name, not a sentence
        yield value


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_entry_repeats_a_seed(knowledge: Knowledge, kind: str) -> None:
    copied = [
        (entry.id, run)
        for entry in knowledge.kind(kind).values()
        for text in texts(entry)
        for name, run in shingles(text)
        if name in SEEDS
    ]
    assert not copied


def test_no_page_of_the_documentation_repeats_a_seed() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    copied = [
        (p.name, run) for p in pages for name, run in shingles(p.read_text()) if name in SEEDS
    ]
    assert pages and not copied


def test_a_copied_sentence_would_be_noticed() -> None:
    """The list holds real runs: hashing is deterministic, and a run is exactly LENGTH words."""
    assert len(SEEDS) > 3000
    run = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert [len(words.split()) for _, words in shingles(run)] == [LENGTH, LENGTH]
