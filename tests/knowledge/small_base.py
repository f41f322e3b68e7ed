"""A whole knowledge base of a few entries, so that tests do not hang on what is shipped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.base import Knowledge, load
from knowledge.errors import FileProblem, KnowledgeError

SMALL = Path(__file__).parent / "small"


def copied(place: Path) -> Path:
    """Return a copy of the small base in `place` that a test may change."""
    return Path(shutil.copytree(SMALL, place / "base" / "data"))


def write(root: Path, name: str, text: str | bytes) -> Path:
    """Write a file below a directory, with the directories that it needs."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems_of(base: Path = SMALL, *overlays: Path) -> tuple[FileProblem, ...]:
    """Return what stops these files from being loaded."""
    with pytest.raises(KnowledgeError) as caught:
        load(overlays, base=base)
    assert one_line(str(caught.value))
    return caught.value.problems


def loaded(base: Path = SMALL, *overlays: Path) -> Knowledge:
    return load(overlays, base=base)


def one_line(text: str) -> bool:
    """Say whether text is one line that a terminal shows as it is."""
    return bool(text) and "\n" not in text and (text.isprintable() or "\u200d" in text)
