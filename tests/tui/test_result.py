"""What one can do with a result: evidence, export, command, what-if, palette."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.tui.app import AdvisorApp
from advisor.tui.screens.entry import EntryScreen
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.screens.result import ResultScreen
from advisor.tui.screens.what_if import WhatIfScreen
from advisor.tui.widgets.row_list import RowList

from .conftest import begin, press, settle, text_of, write


async def test_evidence_is_one_key_away_and_escape_comes_back(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "1", "2", "enter", "r")
        page = app.screen.query_one(RowList)
        page.point_at("reason:0")
        await press(pilot, "enter")
        assert isinstance(app.screen, EntryScreen)
        shown = text_of(app)
        assert "https://example.org/handbook" in shown and "2026-11-20" in shown
        await press(pilot, "end", "enter")
        assert app.screen.place.target != "base/libraries"
        await press(pilot, "escape", "right_square_bracket", "escape", "escape")
        assert isinstance(app.screen, ResultScreen)


@pytest.mark.parametrize(
    ("moves", "name", "begins"),
    [([], "decision.md", "#"), (["down"], "decision.html", "<!"), (["j", "j"], "advice.json", "{")],
)
async def test_export_writes_a_file(
    app: AdvisorApp,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moves: list[str],
    name: str,
    begins: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "2", "enter", "r", "e", *moves, "enter")
        assert name in text_of(app).replace("\n", "")
        await press(pilot, "enter")
        assert isinstance(app.screen, ResultScreen)
    text = (tmp_path / name).read_text()
    assert text.startswith(begins)
    if name.endswith("json"):
        assert json.loads(text)["facts"][0]["value"] == ["phone"]


async def test_a_path_that_cannot_be_written_is_explained(
    app: AdvisorApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "r", "e", "enter", "home", *"no/", "enter")
        assert "Not written" in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ResultScreen)


async def test_the_command_gives_the_same_advice(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "1", "2", "enter", "r", "a")
        assert "fw-advisor advise --set targets=server,phone" in text_of(app)
        await press(pilot, "c")
        assert app.clipboard == "fw-advisor advise --set targets=server,phone"
        await press(pilot, "y")
        assert "Strength:" in app.clipboard


async def test_what_if_changes_nothing_until_it_is_kept(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "1", "enter", "r", "w", "enter", "1", "3", "enter")
        assert "SIMULATION" in text_of(app) and "1 change tried" in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ResultScreen)
        assert app.session.interview.answers["targets"] == ("server",)
        await press(pilot, "w", "enter", "1", "3", "enter", "K")
        assert isinstance(app.screen, ResultScreen)
        assert app.session.interview.answers["targets"] == ("microcontroller",)
        assert "out" in text_of(app)


async def test_a_flip_opens_as_a_simulation(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "1", "enter", "r")
        app.screen.query_one(RowList).point_at("flip:0")
        await press(pilot, "enter")
        assert isinstance(app.screen, WhatIfScreen)
        assert "1 change tried" in text_of(app)
        await press(pilot, "u")
        assert "tried" not in text_of(app)


async def test_an_answer_is_changed_from_the_result(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "1", "enter", "r", "end", "enter", "2", "enter")
        assert app.session.interview.answers["targets"] == ("server", "phone")
        assert isinstance(app.screen, ResultScreen)


async def test_the_palette_finds_entries_questions_and_actions(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "ctrl+p")
        await write(pilot, "runtme beta")
        await press(pilot, "enter")
        assert isinstance(app.screen, EntryScreen) and app.screen.place.target == "lite"
        await press(pilot, "escape", "ctrl+p")
        await write(pilot, "question: goal")
        await press(pilot, "enter")
        assert isinstance(app.screen, InterviewScreen)
        assert "What is this project for?" in text_of(app)


async def test_strings_from_data_are_shown_as_they_are(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        app.open_entry("lite")
        await settle(pilot)
        shown = text_of(app)
        assert "Small runtime [bold]beta" in shown and "fixture [red]v1" in shown
        app.say("[bold]x[/bold] \x1b[31mred")
        app.open_entry("\x1b[31m[bold]x")
        await settle(pilot)
        assert "\x1b" not in text_of(app) and "[bold]x" in text_of(app)


async def test_help_names_every_key_of_the_screen(app: AdvisorApp) -> None:
    async with app.run_test(size=(120, 60)) as pilot:
        await begin(pilot)
        await press(pilot, "r", "question_mark")
        shown = text_of(app)
        for key in ("What if", "Export", "As command", "Copy the page", "Look at this machine"):
            assert key in shown


async def test_the_footer_shows_at_most_six_keys(app: AdvisorApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await begin(pilot)
        for keys in ([], ["r"], ["w"], ["escape", "escape", "g"]):
            await press(pilot, *keys)
            shown = [b for b in app.screen.active_bindings.values() if b.binding.show]
            assert len({b.binding.action for b in shown}) <= 6
