"""Answering, changing, going back, and finding one's answers again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.saved import NAME
from advisor.tui.app import AdvisorApp
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.screens.questions import QuestionsScreen
from advisor.tui.screens.result import ResultScreen
from advisor.tui.screens.resume import ResumeScreen

from .conftest import begin, press, settle, text_of


def interview_of(app: AdvisorApp) -> InterviewScreen:
    screen = app.screen
    assert isinstance(screen, InterviewScreen)
    return screen


async def test_the_whole_interview_by_keyboard(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        for _ in range(20):
            if not isinstance(app.screen, InterviewScreen):
                break
            await press(pilot, "d")
        assert isinstance(app.screen, ResultScreen)
        assert set(app.session.interview.answers.values()) == {"dont-know"}
        assert "Strength:" in text_of(app)


async def test_every_kind_of_question_is_answered_by_keyboard(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        screen = interview_of(app)
        for question, keys in (
            ("goal", ["2"]),
            ("targets", ["1", "2", "enter"]),
            ("model-size", ["7", "full_stop", "5", "enter"]),
            ("offline", ["2"]),
            ("team-knows", ["end", "enter"]),
            ("priorities", ["2", "j", "space", "enter"]),
        ):
            screen.ask(question)
            await settle(pilot)
            await press(pilot, *keys)
            if isinstance(app.screen, ResultScreen):
                await press(pilot, "escape")
        assert app.session.interview.answers == {
            "goal": "research",
            "targets": ("server", "phone"),
            "model-size": 7.5,
            "offline": False,
            "team-knows": "does-not-apply",
            "priorities": ("speed", "team"),
        }


async def test_a_range_answers_a_number(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        interview_of(app).ask("model-size")
        await settle(pilot)
        await press(pilot, "down", "enter")
        assert app.session.interview.answers["model-size"] == 5.5
        interview_of(app).ask("model-size")
        await settle(pilot)
        assert "(•) 1 to 10 billion" in text_of(app)


async def test_a_wrong_number_is_explained_and_nothing_is_lost(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        interview_of(app).ask("model-size")
        await settle(pilot)
        await press(pilot, "9", *"e99", "enter")
        assert "out of range" in text_of(app)
        await press(pilot, "escape")
        assert interview_of(app).session.current == "model-size"
        assert "model-size" not in app.session.interview.answers


async def test_back_shows_the_answer_and_a_new_one_replaces_it(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "space", "enter", "b")
        assert "[x] On servers of ours" in text_of(app)
        await press(pilot, "2", "enter")
        assert app.session.interview.answers["targets"] == ("server", "phone")


async def test_escape_goes_back_and_keeps_answers(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "space", "enter", "escape", "escape", "escape")
        assert app.session.interview.answers == {"targets": ("server",)}
        assert "Where will the finished model run?" in text_of(app)


async def test_skipped_questions_stay_open(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "s")
        assert "Where will" not in text_of(app)
        for _ in range(10):
            if isinstance(app.screen, InterviewScreen):
                await press(pilot, "s")
        assert isinstance(app.screen, ResultScreen)
        assert app.session.interview.answers == {}


async def test_jump_to_any_question_and_take_an_answer_back(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "space", "enter", "g", "slash", *"hard", "enter", "enter")
        assert "What will the model be trained on?" in text_of(app)
        await press(pilot, "g", "slash", *"runs", "enter", "delete")
        assert isinstance(app.screen, QuestionsScreen)
        assert app.session.interview.answers == {}


async def test_the_ranking_moves_and_says_by_how_much(app: AdvisorApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await press(pilot, "2", "enter")
        shown = text_of(app)
        assert "▲" in shown and "open questions can change it" in shown
        assert "Where it runs: On phones" in shown


async def test_answers_are_kept_and_taken_up_again(
    make: Callable[[], AdvisorApp], state: Path
) -> None:
    first = make()
    async with first.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "2", "enter", "q")
    assert json.loads((state / NAME).read_text())["targets"]["value"] == ["phone"]
    second = make()
    async with second.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(second.screen, ResumeScreen)
        await press(pilot, "enter")
        assert second.session.interview.answers == {"targets": ("phone",)}
        await press(pilot, "b")
        assert "[x] On phones" in text_of(second)


async def test_starting_over_keeps_the_file_until_something_is_answered(
    make: Callable[[], AdvisorApp], state: Path
) -> None:
    first = make()
    async with first.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "2", "enter", "q")
    second = make()
    async with second.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "down", "enter")
        assert second.session.interview.answers == {}
        assert "phone" in (state / NAME).read_text()
        await press(pilot, "escape", "1", "enter", "q")
    assert "phone" not in (state / NAME).read_text()


async def test_escape_at_the_offer_loses_nothing(make: Callable[[], AdvisorApp]) -> None:
    first = make()
    async with first.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "2", "enter", "q")
    second = make()
    async with second.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "escape")
        assert second.session.interview.answers == {"targets": ("phone",)}


async def test_a_place_that_cannot_be_written_is_said_once(
    make: Callable[[], AdvisorApp], state: Path
) -> None:
    state.write_text("a file where the directory should be")
    app = make()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)
        await press(pilot, "2", "enter")
        assert app.session.unsaved
        assert app.session.interview.answers == {"targets": ("phone",)}
        assert "cannot be kept" in " ".join(n.message for n in app._notifications)


async def test_a_click_marks_and_answers(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.click("#answers", offset=(8, 1))
        await settle(pilot)
        assert "[x] On phones" in text_of(app)
        interview_of(app).ask("goal")
        await settle(pilot)
        await pilot.click("#answers", offset=(8, 0))
        await settle(pilot)
        assert app.session.interview.answers == {"goal": "product"}


async def test_colour_is_not_needed(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.no_color
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        for key in ("t", "t"):
            await press(pilot, key)
        shown = text_of(app)
        assert "› 1 [ ] On servers" in shown
        await press(pilot, "space")
        assert "› 1 [x] On servers" in text_of(app)


async def test_a_mistake_of_ours_is_one_message_and_loses_no_answers(
    app: AdvisorApp,
    state: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken() -> None:
        raise RuntimeError("unexpected")

    with pytest.raises(RuntimeError):
        async with app.run_test(size=(80, 24)) as pilot:
            await begin(pilot)
            await press(pilot, "2", "enter")
            monkeypatch.setattr(app.screen, "action_skip", broken)
            await press(pilot, "s")
    assert "phone" in (state / NAME).read_text()
    assert "RuntimeError: unexpected" in (state / "problem.txt").read_text()
    said = capsys.readouterr().err
    assert "answers are kept" in said and "Traceback" not in said
