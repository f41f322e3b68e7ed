"""What the interface remembers of itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.tui.app import AdvisorApp
from advisor.tui.preferences import NAME, save_theme, saved_theme

from .conftest import begin, press

KNOWN = {"textual-dark", "textual-light"}


async def test_the_colours_chosen_last_are_there_again(
    make: Callable[[], AdvisorApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORFGBG", raising=False)
    first = make()
    assert first.theme == "textual-dark"
    async with first.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "t")
    monkeypatch.setenv("COLORFGBG", "15;0")
    assert make().theme == "textual-light"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"theme": 7}',
        b'{"theme": "\x1b[31m"}',
        b'{"theme": "none"}',
        b"[" * 9000,
        b'{"theme": ["textual-light"]}',
    ],
)
def test_a_broken_file_is_no_trouble(state: Path, content: bytes) -> None:
    state.mkdir()
    (state / NAME).write_bytes(content)
    assert saved_theme(state, KNOWN) is None
    assert save_theme(state, "textual-light")
    assert saved_theme(state, KNOWN) == "textual-light"
    assert [path.name for path in state.iterdir()] == [NAME]


def test_a_place_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not save_theme(tmp_path / "file", "textual-light")
    assert saved_theme(tmp_path / "file", KNOWN) is None
