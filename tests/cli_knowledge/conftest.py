"""A small base with every kind of entry, laid under the commands; golden texts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from advisor.cli import knowledge_base, main
from knowledge.base import Knowledge, load
from tests.knowledge.small_base import copied

HERE = Path(__file__).parent
UPDATE = "FW_ADVISOR_UPDATE_GOLDEN"
"""Set it to 1 to write the golden texts anew; then look at what changed."""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small base of the loading tests, with the kinds it lacks."""
    place = copied(tmp_path_factory.mktemp("knowledge"))
    shutil.copytree(HERE / "more", place, dirs_exist_ok=True)
    return place


@pytest.fixture(scope="session")
def small(base: Path) -> Knowledge:
    return load(base=base)


@pytest.fixture
def small_base(
    base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Lay the small base under the commands; one cache for all tests."""
    cache = tmp_path_factory.getbasetemp() / "small-cache"
    monkeypatch.setattr(knowledge_base, "load", partial(load, base=base))
    monkeypatch.setattr(knowledge_base, "cache_directory", lambda: cache)
    yield base


@pytest.fixture
def run(small_base: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command over the small base: exit code, standard output, standard error."""

    def work(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return work


def is_golden(text: str, name: str) -> None:
    """Compare a text with its golden file."""
    path = HERE / "golden" / name
    if os.environ.get(UPDATE):
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no golden text {name}; run with {UPDATE}=1"
    assert text == path.read_text(encoding="utf-8")
